import type { CallName, CallResponse } from "@im-webapp/protocol";
import type { Session } from "../core/accounts/ports.ts";
import type { Core } from "../core/core.ts";
import type { Watcher } from "../core/presence/ports.ts";
import type { Encoded } from "../core/shared/encoded.ts";

/** One connected socket, as its calls see it. */
export interface Caller {
  readonly session: Session;
  /** Whether a pull of this socket has succeeded. */
  hasPulled: boolean;
  /** The socket as one that watches others' presence. */
  readonly watcher: Watcher;
}

type Handlers = {
  [C in CallName]: (
    core: Core,
    caller: Caller,
    payload: unknown,
  ) => Promise<CallResponse<C> | Encoded<CallResponse<C>>>;
};

/** Each socket call's use case; the use case validates the payload and authorizes the caller. */
export const handlers: Handlers = {
  "message:send": (core, { session }, payload) => core.sendMessage.run(session.userId, payload),
  "message:edit": (core, { session }, payload) => core.changeMessage.edit(session.userId, payload),
  "message:recall": (core, { session }, payload) => core.changeMessage.recall(session.userId, payload),
  "message:react": (core, { session }, payload) => core.changeMessage.react(session.userId, payload),
  "message:pin": (core, { session }, payload) => core.markMessage.pin(session.userId, payload),
  "message:star": (core, { session }, payload) => core.markMessage.star(session.userId, payload),
  "message:delete": (core, { session }, payload) => core.markMessage.delete(session.userId, payload),
  "sync:pull": async (core, caller, payload) => {
    const answer = await core.sync.pull(caller.session.userId, payload, !caller.hasPulled);
    caller.hasPulled = true;
    return answer;
  },
  "sync:bootstrap": (core, { session }, payload) => core.sync.bootstrap(session.userId, payload),
  "sync:ack": (core, { session }, payload) => core.sync.ack(session.userId, session.deviceId, payload),
  "history:pull": (core, { session }, payload) => core.pullHistory.run(session.userId, payload),
  "history:changes": (core, { session }, payload) => core.pullChanges.run(session.userId, payload),
  "receipts:get": (core, { session }, payload) => core.getReceipts.run(session.userId, payload),
  "history:find": (core, { session }, payload) => core.findMessage.run(session.userId, payload),
  "conversation:set": (core, { session }, payload) => core.setConversation.run(session.userId, payload),
  "draft:set": (core, { session }, payload) => core.setDraft.run(session.userId, payload),
  "read:mark": (core, { session }, payload) => core.markRead.run(session.userId, payload),
  "typing:set": (core, { session }, payload) => core.setTyping.run(session.userId, payload),
  "presence:watch": (core, { watcher }, payload) => core.presence.watch(watcher, payload),
};
