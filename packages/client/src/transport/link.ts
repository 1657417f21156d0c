import type {
  CallName,
  CallRequest,
  CallResponse,
  DrainEvent,
  GroupPushEvent,
  PresenceEvent,
  PushEvent,
  ReadyEvent,
  RevokedEvent,
  TypingEvent,
} from "@im-webapp/protocol";
import type { ImError } from "../errors.ts";

/** Sends one call and gives its answer. Rejects with an `ImError` only; never hangs. */
export type Call = <C extends CallName>(name: C, request: CallRequest<C>) => Promise<CallResponse<C>>;

/** What a link tells its owner. Nothing comes after `closed`. */
export interface LinkEvents {
  /** The server took the session; from now on calls may be sent. */
  ready(ready: ReadyEvent): void;
  push(push: PushEvent): void;
  groupPush(push: GroupPushEvent): void;
  typing(event: TypingEvent): void;
  presence(event: PresenceEvent): void;
  /** The session is over for good; `closed` follows. */
  revoked(revoked: RevokedEvent): void;
  /** The server is about to stop; `closed` follows. */
  drain(drain: DrainEvent): void;
  /** The attempt failed or the connection was lost; exactly once, and not after the owner's own `close`. */
  closed(error: ImError): void;
}

/** One attempt to connect and, if it succeeds, one connection until it is lost. Never reconnects by itself. */
export interface Link {
  readonly call: Call;
  close(): void;
}

/** Starts an attempt to connect. Events come asynchronously, never from within this function. */
export type Dial = (token: string, events: LinkEvents) => Link;
