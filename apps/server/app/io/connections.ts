import { setTimeout as sleep } from "node:timers/promises";
import type { DeviceId, Entry, EventName, EventPayload, ReadyEvent, RevokedEvent, UserId } from "@im-webapp/protocol";
import type { Socket } from "socket.io";
import type { Session } from "../core/accounts/ports.ts";
import type { Connections } from "../core/delivery/ports.ts";

/** How long a stopping node waits for clients that read slowly, in milliseconds: they will ask again elsewhere. */
const FLUSH_WITHIN_MS = 1_000;

interface Connected {
  readonly session: Session;
  /** What was pushed before the greeting, and follows it; undefined once it has been greeted. */
  early: Entry[] | undefined;
}

/** The sockets that are connected to this node, by user. */
export class SocketConnections implements Connections {
  readonly #byUser = new Map<UserId, Map<Socket, Connected>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** From now on nothing is missed; it is pushed once the socket has been greeted. */
  add(socket: Socket, session: Session): void {
    const sockets = this.#byUser.get(session.userId) ?? new Map<Socket, Connected>();
    sockets.set(socket, { session, early: [] });
    this.#byUser.set(session.userId, sockets);
    this.#count += 1;
  }

  /** Greets a socket before anything else: only the epoch tells a client whether it may apply what is pushed. */
  greet(socket: Socket, greeting: ReadyEvent): void {
    const connected = this.#byUser.get(greeting.userId)?.get(socket);
    if (!connected) return;
    emit(socket, "session:ready", greeting);
    const early = connected.early ?? [];
    connected.early = undefined;
    if (early.length > 0) emit(socket, "sync:push", { entries: early });
  }

  remove(socket: Socket, userId: UserId): void {
    const sockets = this.#byUser.get(userId);
    if (!sockets?.delete(socket)) return;
    this.#count -= 1;
    if (sockets.size === 0) this.#byUser.delete(userId);
  }

  isConnected(userId: UserId): boolean {
    return this.#byUser.has(userId);
  }

  push(userId: UserId, entries: readonly Entry[]): void {
    for (const [socket, { early }] of this.#byUser.get(userId) ?? []) {
      if (early) early.push(...entries);
      else emit(socket, "sync:push", { entries: [...entries] });
    }
  }

  endDevice(userId: UserId, deviceId: DeviceId, reason: RevokedEvent["reason"], keepSessionId?: string): void {
    for (const [socket, { session }] of this.#byUser.get(userId) ?? []) {
      if (session.deviceId === deviceId && session.sessionId !== keepSessionId) this.end(socket, userId, reason);
    }
  }

  /** Tells one socket that its session has ended, and closes it. */
  end(socket: Socket, userId: UserId, reason: RevokedEvent["reason"]): void {
    // At once, so that no push reaches a socket whose session has ended.
    this.remove(socket, userId);
    emit(socket, "session:revoked", { reason });
    socket.disconnect(true);
  }

  /** Tells every socket that this node stops, and closes each as soon as all that it was sent is on its way. */
  async drain(reconnectWithinMs: number): Promise<void> {
    const sockets = [...this.#byUser.values()].flatMap((ofUser) => [...ofUser.keys()]);
    const closed = sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.conn.once("close", () => resolve());
          emit(socket, "server:drain", { reconnectInMs: Math.ceil((1 - Math.random()) * reconnectWithinMs) });
          // The transport alone: after a Socket.IO disconnect clients do not come back by themselves. And not by
          // closing the whole server, which throws away what still waits to be written.
          socket.conn.close();
        }),
    );
    const late = new AbortController();
    const tooLate = sleep(FLUSH_WITHIN_MS, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([Promise.all(closed), tooLate]);
    late.abort();
  }
}

/** Sends an event in the shape that the protocol gives it. */
function emit<E extends EventName>(socket: Socket, event: E, payload: EventPayload<E>): void {
  socket.emit(event, payload);
}
