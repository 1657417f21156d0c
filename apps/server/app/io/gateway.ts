import {
  type Ack,
  type CallName,
  MAX_PACKET_BYTES,
  MAX_PAGE_SIZE,
  MAX_TEXT_LENGTH,
  PROTOCOL_VERSION,
  RECEIPT_MEMBERS,
} from "@im-webapp/protocol";
import type { Logger } from "pino";
import type { Server, Socket } from "socket.io";
import type { Session } from "../core/accounts/ports.ts";
import type { Core } from "../core/core.ts";
import type { Watcher } from "../core/presence/ports.ts";
import { ImError, toWireError } from "../core/shared/errors.ts";
import { type CallLimit, requireBudget } from "../core/shared/limit.ts";
import { type Caller, handlers } from "./calls.ts";
import type { SocketConnections } from "./connections.ts";

/** What the gateway needs besides the core. */
export interface GatewayOptions {
  core: Core;
  connections: SocketConnections;
  limit: CallLimit;
  /** Names the life of this database. */
  epoch: string;
  /** How long a sender may take a message back, in milliseconds. */
  recallWithinMs: number;
  log: Logger;
}

type Acknowledge = (answer: Ack<unknown>) => void;

/** Attaches the socket port: authenticates handshakes, greets, and answers every call of every socket. */
export function attachGateway(io: Server, options: GatewayOptions): void {
  const sessions = new WeakMap<Socket, Session>();
  const admit = async (socket: Socket, next: (refused?: Error) => void): Promise<void> => {
    let refused: Error | undefined;
    try {
      sessions.set(socket, await options.core.sessions.authenticate(socket.handshake.auth["token"]));
    } catch (error) {
      if (!(error instanceof ImError)) options.log.error({ error }, "handshake failed");
      refused = refusal(error);
    }
    next(refused);
  };
  io.use((socket, next) => {
    admit(socket, next).catch((error: unknown) => options.log.error({ error }, "handshake failed"));
  });
  io.on("connection", (socket) => {
    const session = sessions.get(socket);
    if (!session) {
      socket.disconnect(true);
      return;
    }
    socket.on("error", (error) => options.log.debug({ error }, "socket error"));
    const caller: Caller = { session, hasPulled: false, watcher: watcherOf(socket, session, options) };
    socket.on("disconnect", () => {
      options.connections.remove(socket, session.userId);
      options.core.presence.forget(caller.watcher);
    });
    answerCalls(socket, caller, options);
    greet(socket, session, options).catch((error: unknown) => {
      if (!(error instanceof ImError)) options.log.error({ error }, "greeting failed");
      // The transport alone: after a Socket.IO disconnect clients do not come back by themselves.
      socket.conn.close();
    });
  });
}

/** `connect_error` carries the code in `data`, as Socket.IO has it. */
function refusal(error: unknown): Error {
  const wire = toWireError(error);
  return Object.assign(new Error(wire.message), { data: wire });
}

async function greet(socket: Socket, session: Session, options: GatewayOptions): Promise<void> {
  // Registered before the head is read: what is committed in between is pushed rather than missed.
  options.connections.add(socket, session);
  const [head] = await Promise.all([options.core.sync.head(session.userId), options.core.sessions.seen(session)]);
  // The session may have ended between the handshake and the registration, unseen by either.
  await options.core.sessions.authenticate(socket.handshake.auth["token"]).catch((error: unknown) => {
    // With the database away nothing is known, and nobody must be told to sign in again. Nor may the device's other
    // sockets be closed: they may be of the session that took this one's place.
    const ended = error instanceof ImError && error.code === "UNAUTHENTICATED";
    if (ended) options.connections.end(socket, session.userId, "revoked");
    throw error;
  });
  options.connections.greet(socket, {
    userId: session.userId,
    deviceId: session.deviceId,
    serverTime: Date.now(),
    epoch: options.epoch,
    head,
    protocol: PROTOCOL_VERSION,
    limits: {
      maxTextLength: MAX_TEXT_LENGTH,
      maxBatch: MAX_PAGE_SIZE,
      maxPacketBytes: MAX_PACKET_BYTES,
      receiptMembers: RECEIPT_MEMBERS,
      recallWithinMs: options.recallWithinMs,
      maxFileBytes: options.core.files.maxBytes,
    },
  });
}

function watcherOf(socket: Socket, { userId }: Session, { connections }: GatewayOptions): Watcher {
  return {
    userId,
    get isOpen() {
      return connections.has(socket, userId);
    },
    tell: (event) => connections.tellPresence(socket, userId, event),
  };
}

function answerCalls(socket: Socket, caller: Caller, options: GatewayOptions): void {
  // `onAny` sees every event, those without a handler too, so that nothing is dropped in silence.
  socket.onAny((event: unknown, ...args: unknown[]) => {
    const last = args.at(-1);
    const acknowledge: Acknowledge = typeof last === "function" ? (last as Acknowledge) : () => undefined;
    const payloads = typeof last === "function" ? args.slice(0, -1) : args;
    call(event, payloads, caller, options)
      .then((data) => {
        acknowledge({ ok: true, data });
      })
      .catch((error: unknown) => {
        if (!(error instanceof ImError)) options.log.error({ error, event }, "call failed");
        acknowledge({ ok: false, error: toWireError(error) });
      });
  });
}

async function call(
  event: unknown,
  payloads: readonly unknown[],
  caller: Caller,
  { core, limit }: GatewayOptions,
): Promise<unknown> {
  // Every call passes the same steps, so that calls of one socket reach the pipeline in the order in which they came.
  if (!isCallName(event)) throw new ImError("BAD_REQUEST", "there is no such call");
  if (payloads.length > 1) throw new ImError("BAD_REQUEST", "a call carries one payload");
  await requireBudget(limit, caller.session.userId);
  return handlers[event](core, caller, payloads[0]);
}

function isCallName(event: unknown): event is CallName {
  return typeof event === "string" && Object.hasOwn(handlers, event);
}
