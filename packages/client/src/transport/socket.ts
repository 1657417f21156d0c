import type {
  Ack,
  CallResponse,
  DrainEvent,
  GroupPushEvent,
  PresenceEvent,
  PushEvent,
  ReadyEvent,
  RevokedEvent,
  TypingEvent,
} from "@im-webapp/protocol";
import { io } from "socket.io-client";
import { fromWire, unavailable } from "../errors.ts";
import type { ImError } from "../errors.ts";
import type { Call, Dial, Link } from "./link.ts";

/** Longest wait for an acknowledgement, in milliseconds: above the server's slowest healthy answer on a slow phone. */
const CALL_TIMEOUT_MS = 15_000;

/** Longest wait for the connection to open, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Longest wait from dialling to `session:ready`, in milliseconds; catches a server that accepts and then says nothing. */
const READY_TIMEOUT_MS = 20_000;

/**
 * Links over Socket.IO to the server at `url` (its origin). WebSocket only: long polling would need sticky balancing.
 * Socket.IO's own reconnection and buffering are off, because when to try again, and what to send again, is decided
 * by `Connection` and the outbox. `callTimeoutMs`: longest wait for an acknowledgement, default 15,000.
 */
export function socketDialer(url: string, callTimeoutMs: number = CALL_TIMEOUT_MS): Dial {
  return (token, events): Link => {
    const socket = io(url, {
      auth: { token },
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      timeout: CONNECT_TIMEOUT_MS,
    });
    let open = true;

    const shut = (): boolean => {
      if (!open) return false;
      open = false;
      clearTimeout(readyTimer);
      socket.disconnect();
      return true;
    };
    const fail = (error: ImError): void => {
      if (shut()) events.closed(error);
    };
    const readyTimer = setTimeout(() => fail(unavailable("timeout", "The server does not answer")), READY_TIMEOUT_MS);

    socket.on("connect_error", (error: Error & { data?: unknown }) => {
      // `data` is there when the server itself refused the handshake, and is then an error of the protocol.
      fail(error.data === undefined ? unavailable("network", error.message) : fromWire(error.data, "UNAVAILABLE"));
    });
    socket.on("disconnect", (reason) => fail(unavailable("network", `Connection lost: ${reason}`)));
    socket.on("session:ready", (ready: ReadyEvent) => {
      clearTimeout(readyTimer);
      if (open) events.ready(ready);
    });
    socket.on("sync:push", (push: PushEvent) => {
      if (open) events.push(push);
    });
    socket.on("group:push", (push: GroupPushEvent) => {
      if (open) events.groupPush(push);
    });
    socket.on("typing", (event: TypingEvent) => {
      if (open) events.typing(event);
    });
    socket.on("presence", (event: PresenceEvent) => {
      if (open) events.presence(event);
    });
    socket.on("session:revoked", (revoked: RevokedEvent) => {
      if (open) events.revoked(revoked);
    });
    socket.on("server:drain", (drain: DrainEvent) => {
      if (open) events.drain(drain);
    });

    const call: Call = async (name, request) => {
      // Socket.IO would keep the packet for a connection that this link never makes.
      if (!open || !socket.connected) throw unavailable("network", "Not connected");
      let ack: Ack<CallResponse<typeof name>> | undefined;
      try {
        ack = (await socket.timeout(callTimeoutMs).emitWithAck(name, request)) as typeof ack;
      } catch (error) {
        if (!open || !socket.connected) throw unavailable("network", "Connection lost before the answer");
        throw unavailable("timeout", error instanceof Error ? error.message : "No answer");
      }
      if (ack?.ok) return ack.data;
      throw fromWire(ack?.error, "INTERNAL");
    };

    return {
      call,
      close: () => {
        shut();
      },
    };
  };
}
