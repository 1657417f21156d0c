import type { DeviceId, Entry, EventName, EventPayload, RevokedEvent, UserId } from "@im-webapp/protocol";
import type { Socket } from "socket.io";
import type { Session } from "../core/accounts/ports.ts";
import type { Connections } from "../core/delivery/ports.ts";

/** The sockets that are connected to this node, by user. */
export class SocketConnections implements Connections {
  readonly #byUser = new Map<UserId, Map<Socket, Session>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(socket: Socket, session: Session): void {
    const sockets = this.#byUser.get(session.userId) ?? new Map<Socket, Session>();
    sockets.set(socket, session);
    this.#byUser.set(session.userId, sockets);
    this.#count += 1;
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
    for (const socket of this.#byUser.get(userId)?.keys() ?? []) emit(socket, "sync:push", { entries: [...entries] });
  }

  endDevice(userId: UserId, deviceId: DeviceId, reason: RevokedEvent["reason"], keepSessionId?: string): void {
    for (const [socket, session] of this.#byUser.get(userId) ?? []) {
      if (session.deviceId !== deviceId || session.sessionId === keepSessionId) continue;
      // At once, so that no push reaches a socket whose session has ended.
      this.remove(socket, userId);
      emit(socket, "session:revoked", { reason });
      socket.disconnect(true);
    }
  }

  /** Tells every socket that this node stops. */
  announceDrain(reconnectInMs: number): void {
    for (const sockets of this.#byUser.values()) {
      for (const socket of sockets.keys()) emit(socket, "server:drain", { reconnectInMs });
    }
  }
}

/** Sends an event in the shape that the protocol gives it. */
export function emit<E extends EventName>(socket: Socket, event: E, payload: EventPayload<E>): void {
  socket.emit(event, payload);
}
