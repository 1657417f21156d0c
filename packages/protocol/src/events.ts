import { z } from "zod";
import {
  changeResponse,
  changesRequest,
  changesResponse,
  editRequest,
  reactRequest,
  recallRequest,
  receiptsRequest,
  receiptsResponse,
} from "./changes.ts";
import { readRequest, readResponse } from "./conversation.ts";
import {
  setConversationRequest,
  setConversationResponse,
  setDraftRequest,
  setDraftResponse,
} from "./conversation-settings.ts";
import { findRequest, findResponse, historyRequest, historyResponse } from "./history.ts";
import { groupPushEvent } from "./large-group.ts";
import { deleteRequest, pinRequest, starRequest } from "./marks.ts";
import { sendRequest, sendResponse } from "./message.ts";
import { presenceEvent, typingEvent, typingRequest, watchRequest, watchResponse } from "./presence.ts";
import { drainEvent, readyEvent, revokedEvent } from "./session.ts";
import { ackRequest, bootstrapRequest, bootstrapResponse, pullRequest, pullResponse, pushEvent } from "./timeline.ts";

/** Every socket call: client → server, acknowledged with `Ack<response>`. */
export const CALLS = {
  "message:send": { request: sendRequest, response: sendResponse },
  "sync:pull": { request: pullRequest, response: pullResponse },
  "sync:bootstrap": { request: bootstrapRequest, response: bootstrapResponse },
  "sync:ack": { request: ackRequest, response: z.object({}) },
  "history:pull": { request: historyRequest, response: historyResponse },
  "history:changes": { request: changesRequest, response: changesResponse },
  "read:mark": { request: readRequest, response: readResponse },
  "conversation:set": { request: setConversationRequest, response: setConversationResponse },
  "draft:set": { request: setDraftRequest, response: setDraftResponse },
  "history:find": { request: findRequest, response: findResponse },
  "receipts:get": { request: receiptsRequest, response: receiptsResponse },
  "message:edit": { request: editRequest, response: changeResponse },
  "message:recall": { request: recallRequest, response: changeResponse },
  "message:react": { request: reactRequest, response: changeResponse },
  "message:pin": { request: pinRequest, response: changeResponse },
  "message:star": { request: starRequest, response: changeResponse },
  "message:delete": { request: deleteRequest, response: changeResponse },
  "typing:set": { request: typingRequest, response: z.object({}) },
  "presence:watch": { request: watchRequest, response: watchResponse },
} as const;

/** Every socket event: server → client. */
export const EVENTS = {
  "session:ready": readyEvent,
  "session:revoked": revokedEvent,
  "server:drain": drainEvent,
  "sync:push": pushEvent,
  "group:push": groupPushEvent,
  typing: typingEvent,
  presence: presenceEvent,
} as const;

export type CallName = keyof typeof CALLS;
/** What a caller passes. */
export type CallRequest<C extends CallName> = z.input<(typeof CALLS)[C]["request"]>;
/** What a handler gets, defaults filled in. */
export type CallPayload<C extends CallName> = z.output<(typeof CALLS)[C]["request"]>;
export type CallResponse<C extends CallName> = z.infer<(typeof CALLS)[C]["response"]>;

export type EventName = keyof typeof EVENTS;
export type EventPayload<E extends EventName> = z.infer<(typeof EVENTS)[E]>;
