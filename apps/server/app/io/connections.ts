import { setTimeout as sleep } from "node:timers/promises";
import type { DeviceId, EventName, EventPayload, GroupPushEvent, RevokedEvent, Seq, UserId } from "@im-webapp/protocol";
import type { Socket } from "socket.io";
import type { Session } from "../core/accounts/ports.ts";
import type { Connections } from "../core/delivery/ports.ts";
import { Outlet } from "./outlet.ts";

/** The prefix of a Socket.IO EVENT packet of the namespace `/` (socket.io-protocol, revision 5). */
const EVENT_PACKET = "2";

/** Who hears of what happens to connections. */
export interface ConnectionListener {
  /** A user's first socket here. */
  userConnected(userId: UserId): void;
  /** A user's last socket here. */
  userDisconnected(userId: UserId): void;
  /** A socket was closed because its client does not read. */
  cutOff(userId: UserId): void;
}

/** A user who is connected here. */
interface Present {
  readonly outlets: Map<Socket, Outlet>;
  pushedSeq: Seq | undefined;
}

/** How long a stopping node waits for clients that read slowly, in milliseconds: they will ask again elsewhere. */
const FLUSH_WITHIN_MS = 1_000;

/** The sockets that are connected to this node, by user. */
export class SocketConnections implements Connections {
  readonly #present = new Map<UserId, Present>();
  readonly #listener: ConnectionListener;
  #count = 0;

  constructor(listener: ConnectionListener) {
    this.#listener = listener;
  }

  /** Sockets, of all users. */
  get count(): number {
    return this.#count;
  }

  get userCount(): number {
    return this.#present.size;
  }

  userIds(): Iterable<UserId> {
    return this.#present.keys();
  }

  add(socket: Socket, session: Session): void {
    let present = this.#present.get(session.userId);
    if (!present) {
      present = { outlets: new Map(), pushedSeq: undefined };
      this.#present.set(session.userId, present);
      this.#listener.userConnected(session.userId);
    }
    present.outlets.set(socket, new Outlet(socket, session));
    this.#count += 1;
  }

  /** Notes the head that a socket was greeted with: what came before it is for the client to pull. */
  greeted(userId: UserId, head: Seq): void {
    const present = this.#present.get(userId);
    if (present) present.pushedSeq = Math.max(present.pushedSeq ?? 0, head);
  }

  remove(socket: Socket, userId: UserId): void {
    const present = this.#present.get(userId);
    if (!present?.outlets.delete(socket)) return;
    this.#count -= 1;
    if (present.outlets.size > 0) return;
    this.#present.delete(userId);
    this.#listener.userDisconnected(userId);
  }

  isConnected(userId: UserId): boolean {
    return this.#present.has(userId);
  }

  pushedSeq(userId: UserId): Seq | undefined {
    return this.#present.get(userId)?.pushedSeq;
  }

  push(userId: UserId, entries: string, lastSeq: Seq): void {
    this.greeted(userId, lastSeq);
    this.#write(userId, `${EVENT_PACKET}["sync:push",{"entries":${entries}}]`);
  }

  pushGroup(userIds: readonly UserId[], push: GroupPushEvent): void {
    const packet = EVENT_PACKET + JSON.stringify(["group:push", push]);
    for (const userId of userIds) this.#write(userId, packet);
  }

  endDevice(userId: UserId, deviceId: DeviceId, reason: RevokedEvent["reason"], keepSessionId?: string): void {
    for (const [socket, { session }] of this.#present.get(userId)?.outlets ?? []) {
      if (session.deviceId !== deviceId || session.sessionId === keepSessionId) continue;
      // At once, so that no push reaches a socket whose session has ended.
      this.remove(socket, userId);
      emit(socket, "session:revoked", { reason });
      socket.disconnect(true);
    }
  }

  /** Tells every socket that this node stops, and closes each as soon as all that it was sent is on its way. */
  async drain(reconnectInMs: number): Promise<void> {
    const sockets = [...this.#present.values()].flatMap(({ outlets }) => [...outlets.keys()]);
    const closed = sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.conn.once("close", () => resolve());
          emit(socket, "server:drain", { reconnectInMs });
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

  #write(userId: UserId, packet: string): void {
    for (const outlet of this.#present.get(userId)?.outlets.values() ?? []) {
      if (outlet.write(packet)) continue;
      this.remove(outlet.socket, userId);
      // The transport alone, so that the client comes back by itself; what waits for it is dropped.
      outlet.socket.conn.close(true);
      this.#listener.cutOff(userId);
    }
  }
}

/** Sends an event in the shape that the protocol gives it. */
export function emit<E extends EventName>(socket: Socket, event: E, payload: EventPayload<E>): void {
  socket.emit(event, payload);
}
