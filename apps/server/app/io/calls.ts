import type { CallName, CallResponse } from "@im-webapp/protocol";
import type { Session } from "../core/accounts/ports.ts";
import type { Core } from "../core/core.ts";

type Handlers = {
  [C in CallName]: (core: Core, session: Session, payload: unknown) => Promise<CallResponse<C>>;
};

/** Each socket call's use case; the use case validates the payload and authorizes the caller. */
export const handlers: Handlers = {
  "message:send": (core, session, payload) => core.sendMessage.run(session.userId, payload),
  "sync:pull": (core, session, payload) => core.sync.pull(session.userId, payload),
  "sync:bootstrap": (core, session, payload) => core.sync.bootstrap(session.userId, payload),
  "sync:ack": (core, session, payload) => core.sync.ack(session.userId, session.deviceId, payload),
  "history:pull": (core, session, payload) => core.pullHistory.run(session.userId, payload),
  "read:mark": (core, session, payload) => core.markRead.run(session.userId, payload),
};
