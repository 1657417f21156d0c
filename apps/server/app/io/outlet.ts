import type { EventName, EventPayload } from "@im-webapp/protocol";
import type { Socket } from "socket.io";
import type { Session } from "../core/accounts/ports.ts";

/** Characters that may wait for one socket. A client that is this far behind is quicker by pulling. */
const MAX_WAITING = 4 * 1024 * 1024;

/** Characters that may wait for all sockets of this process together, before each may have only its share of them. */
const MAX_WAITING_TOGETHER = 128 * 1024 * 1024;

/** What a socket may have waiting when all together have too much: some pushes of a client that is slow, not gone. */
const FAIR_SHARE = 64 * 1024;

/** What waits for all the sockets of a process, in characters. */
export interface Backlog {
  waiting: number;
}

/**
 * One socket's way out, with a bound on what waits for a client that does not read. What it misses by being cut off is
 * in its timeline.
 */
export class Outlet {
  readonly socket: Socket;
  readonly session: Session;
  /** What was pushed before the greeting, and follows it; undefined once the socket has been greeted. */
  #early: string[] | undefined = [];
  readonly #backlog: Backlog;
  /** Written since the transport last ran empty. */
  #waiting = 0;
  #heldBack = false;

  constructor(socket: Socket, session: Session, backlog: Backlog) {
    this.socket = socket;
    this.session = session;
    this.#backlog = backlog;
    socket.conn.on("drain", () => this.#nothingWaits());
    socket.conn.on("close", () => this.#nothingWaits());
    socket.conn.on("flush", () => this.#holdBack());
  }

  /** Greets before anything else: only the epoch tells a client whether it may apply what is pushed. */
  greet(greeting: EventPayload<"session:ready">): void {
    this.emit("session:ready", greeting);
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const packet of early) this.write(packet);
  }

  /**
   * Hands a packet, encoded already, to the transport; that saves Socket.IO's encoding of it for each socket.
   *
   * @returns false when too much waits already; then it is not sent
   */
  write(packet: string): boolean {
    const bound = this.#backlog.waiting > MAX_WAITING_TOGETHER ? FAIR_SHARE : MAX_WAITING;
    if (this.#waiting > bound) return false;
    this.#waiting += packet.length;
    this.#backlog.waiting += packet.length;
    if (this.#early) this.#early.push(packet);
    else this.socket.conn.write(packet);
    return true;
  }

  #nothingWaits(): void {
    this.#backlog.waiting -= this.#waiting;
    this.#waiting = 0;
  }

  /** Lets what is written in one turn of the event loop, acknowledgements and pushes, leave in one system call. */
  #holdBack(): void {
    if (this.#heldBack) return;
    this.#heldBack = true;
    // The socket of the WebSocket; of a client that began with polling it is an earlier one, which does no harm.
    const wire = this.socket.request.socket;
    wire.cork();
    setImmediate(() => {
      this.#heldBack = false;
      wire.uncork();
    });
  }

  /** Sends an event in the shape that the protocol gives it. */
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void {
    this.socket.emit(event, payload);
  }
}
