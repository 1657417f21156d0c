import { setTimeout as sleep } from "node:timers/promises";
import type {
  DeviceId,
  GroupPushEvent,
  PresenceEvent,
  ReadyEvent,
  RevokedEvent,
  Seq,
  TypingEvent,
  UserId,
} from "@im-webapp/protocol";
import type { Socket } from "socket.io";
import type { Session } from "../core/accounts/ports.ts";
import type { Connections } from "../core/delivery/ports.ts";
import type { TypingSockets } from "../core/typing/set-typing.ts";
import { type Backlog, Outlet } from "./outlet.ts";

/** The prefix of a Socket.IO EVENT packet of the namespace `/` (socket.io-protocol, revision 5). */
const EVENT_PACKET = "2";

/** How long a stopping node waits for clients that read slowly, in milliseconds: they will ask again elsewhere. */
const FLUSH_WITHIN_MS = 1_000;

/**
 * How long after its last word a socket is closed, in milliseconds. Clients hand a packet on one turn after they have
 * read it, and drop it when they have read of the end by then: the two must not arrive together.
 */
const LAST_WORD_MS = 50;

/** Who hears of what happens to connections. */
export interface ConnectionListener {
  /** A user's first socket here. */
  userConnected(userId: UserId): void;
  /** A user's last socket here; `ended`: it went because its session has ended. */
  userDisconnected(userId: UserId, ended: boolean): void;
  /** A socket was closed because its client does not read. */
  cutOff(userId: UserId): void;
}

/** A user who is connected here. */
interface Present {
  readonly outlets: Map<Socket, Outlet>;
  pushedSeq: Seq | undefined;
}

/** The sockets that are connected to this node, by user. */
export class SocketConnections implements Connections, TypingSockets {
  readonly #present = new Map<UserId, Present>();
  readonly #listener: ConnectionListener;
  readonly #backlog: Backlog = { waiting: 0 };
  #count = 0;

  constructor(listener: ConnectionListener) {
    this.#listener = listener;
  }

  /** Sockets, of all users. */
  get count(): number {
    return this.#count;
  }

  /** Characters that wait for clients to read them. */
  get waiting(): number {
    return this.#backlog.waiting;
  }

  get userCount(): number {
    return this.#present.size;
  }

  userIds(): Iterable<UserId> {
    return this.#present.keys();
  }

  /** From now on nothing is missed; it is pushed once the socket has been greeted. */
  add(socket: Socket, session: Session): void {
    let present = this.#present.get(session.userId);
    if (!present) {
      present = { outlets: new Map(), pushedSeq: undefined };
      this.#present.set(session.userId, present);
      this.#listener.userConnected(session.userId);
    }
    present.outlets.set(socket, new Outlet(socket, session, this.#backlog));
    this.#count += 1;
  }

  /** Greets a socket; what came before the head is for the client to pull. */
  greet(socket: Socket, greeting: ReadyEvent): void {
    const present = this.#present.get(greeting.userId);
    if (!present) return;
    present.pushedSeq = Math.max(present.pushedSeq ?? 0, greeting.head);
    present.outlets.get(socket)?.greet(greeting);
  }

  remove(socket: Socket, userId: UserId, ended = false): void {
    const present = this.#present.get(userId);
    if (!present?.outlets.delete(socket)) return;
    this.#count -= 1;
    if (present.outlets.size > 0) return;
    this.#present.delete(userId);
    this.#listener.userDisconnected(userId, ended);
  }

  /** Whether the socket may be told anything. */
  has(socket: Socket, userId: UserId): boolean {
    return this.#present.get(userId)?.outlets.has(socket) === true;
  }

  isConnected(userId: UserId): boolean {
    return this.#present.has(userId);
  }

  pushedSeq(userId: UserId): Seq | undefined {
    return this.#present.get(userId)?.pushedSeq;
  }

  push(userId: UserId, entries: string, lastSeq: Seq): void {
    const present = this.#present.get(userId);
    if (!present) return;
    // Before the first greeting the head is not known, and the watch must not begin at nothing.
    if (present.pushedSeq !== undefined) present.pushedSeq = Math.max(present.pushedSeq, lastSeq);
    this.#write(userId, `${EVENT_PACKET}["sync:push",{"entries":${entries}}]`);
  }

  pushGroup(userIds: readonly UserId[], push: GroupPushEvent): void {
    const packet = EVENT_PACKET + JSON.stringify(["group:push", push]);
    for (const userId of userIds) this.#write(userId, packet);
  }

  /** A socket that has too much waiting does without. */
  tellTyping(userIds: readonly UserId[], event: TypingEvent): void {
    const packet = EVENT_PACKET + JSON.stringify(["typing", event]);
    for (const userId of userIds) {
      for (const outlet of this.#present.get(userId)?.outlets.values() ?? []) outlet.write(packet);
    }
  }

  /** Sends `presence` to one socket; one that has too much waiting does without. */
  tellPresence(socket: Socket, userId: UserId, event: PresenceEvent): void {
    const packet = EVENT_PACKET + JSON.stringify(["presence", event]);
    this.#present.get(userId)?.outlets.get(socket)?.write(packet);
  }

  endDevice(userId: UserId, deviceId: DeviceId, reason: RevokedEvent["reason"], keepSessionId?: string): void {
    for (const [socket, { session }] of this.#present.get(userId)?.outlets ?? []) {
      if (session.deviceId === deviceId && session.sessionId !== keepSessionId) this.end(socket, userId, reason);
    }
  }

  /** Tells one socket that its session has ended, and closes it. */
  end(socket: Socket, userId: UserId, reason: RevokedEvent["reason"]): void {
    const outlet = this.#present.get(userId)?.outlets.get(socket);
    // At once, so that no push reaches a socket whose session has ended.
    this.remove(socket, userId, true);
    outlet?.emit("session:revoked", { reason });
    socket.disconnect();
    setTimeout(() => socket.conn.close(), LAST_WORD_MS);
  }

  /** Tells every socket that this node stops, and closes each as soon as all that it was sent is on its way. */
  async drain(reconnectWithinMs: number): Promise<void> {
    const outlets = [...this.#present.values()].flatMap((present) => [...present.outlets.values()]);
    if (outlets.length === 0) return;
    for (const outlet of outlets) {
      outlet.emit("server:drain", { reconnectInMs: Math.ceil((1 - Math.random()) * reconnectWithinMs) });
    }
    await sleep(LAST_WORD_MS);
    const closed = outlets.map(
      (outlet) =>
        new Promise<void>((resolve) => {
          if (outlet.socket.conn.readyState === "closed") resolve();
          outlet.socket.conn.once("close", () => resolve());
          // The transport alone: after a Socket.IO disconnect clients do not come back by themselves. And not by
          // closing the whole server, which throws away what still waits to be written.
          outlet.socket.conn.close();
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
