import type { DeviceId, EventName, EventPayload, GroupPushEvent, RevokedEvent, UserId } from "@im-webapp/protocol";
import type { Socket } from "socket.io";
import type { Session } from "../core/accounts/ports.ts";
import type { Connections } from "../core/delivery/ports.ts";
import { Outlet } from "./outlet.ts";

/** The prefix of a Socket.IO EVENT packet of the namespace `/` (socket.io-protocol, revision 5). */
const EVENT_PACKET = "2";

/** The sockets that are connected to this node, by user. */
export class SocketConnections implements Connections {
  readonly #byUser = new Map<UserId, Map<Socket, Outlet>>();
  readonly #onCutOff: (userId: UserId) => void;
  #count = 0;

  /** @param onCutOff hears of each socket that was closed because its client does not read */
  constructor(onCutOff: (userId: UserId) => void) {
    this.#onCutOff = onCutOff;
  }

  /** Sockets, of all users. */
  get count(): number {
    return this.#count;
  }

  get userCount(): number {
    return this.#byUser.size;
  }

  userIds(): Iterable<UserId> {
    return this.#byUser.keys();
  }

  add(socket: Socket, session: Session): void {
    const sockets = this.#byUser.get(session.userId) ?? new Map<Socket, Outlet>();
    sockets.set(socket, new Outlet(socket, session));
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

  push(userId: UserId, entries: string): void {
    this.#write(userId, `${EVENT_PACKET}["sync:push",{"entries":${entries}}]`);
  }

  pushGroup(userIds: readonly UserId[], push: GroupPushEvent): void {
    const packet = EVENT_PACKET + JSON.stringify(["group:push", push]);
    for (const userId of userIds) this.#write(userId, packet);
  }

  endDevice(userId: UserId, deviceId: DeviceId, reason: RevokedEvent["reason"], keepSessionId?: string): void {
    for (const [socket, { session }] of this.#byUser.get(userId) ?? []) {
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

  #write(userId: UserId, packet: string): void {
    for (const outlet of this.#byUser.get(userId)?.values() ?? []) {
      if (outlet.write(packet)) continue;
      this.remove(outlet.socket, userId);
      outlet.socket.disconnect(true);
      this.#onCutOff(userId);
    }
  }
}

/** Sends an event in the shape that the protocol gives it. */
export function emit<E extends EventName>(socket: Socket, event: E, payload: EventPayload<E>): void {
  socket.emit(event, payload);
}
