import {
  type Ack,
  type CallName,
  type CallRequest,
  type CallResponse,
  type DrainEvent,
  type Entry,
  type ErrorCode,
  type GroupPushEvent,
  type PresenceEvent,
  type ReadyEvent,
  type RevokedEvent,
  type TypingEvent,
  type WireError,
  isErrorCode,
} from "@im-webapp/protocol";
import { type Socket, io } from "socket.io-client";
import { waitFor, within } from "./wait-for.ts";

/** How long a handshake or an acknowledgement may take, in milliseconds, before it counts as unanswered. */
const TIMEOUT_MS = 30_000;

/** A socket call that was refused. */
export class CallError extends Error {
  override name = "CallError";
  readonly error: WireError;

  constructor(call: string, error: WireError) {
    super(`${call} was refused with ${error.code}: ${error.message}`);
    this.error = error;
  }
}

interface Heard {
  readonly entries: Entry[];
  readonly groups: GroupPushEvent[];
  readonly typing: TypingEvent[];
  readonly presence: PresenceEvent[];
  revoked?: RevokedEvent | undefined;
  drain?: DrainEvent | undefined;
}

/** A refused handshake. */
class ConnectError extends Error {
  override name = "ConnectError";
  /** Undefined when the refusal carried no code of the protocol. */
  readonly code: ErrorCode | undefined;

  constructor(cause: Error) {
    super(`the connection was refused: ${cause.message}`, { cause });
    const data: unknown = "data" in cause ? cause.data : undefined;
    const code = typeof data === "object" && data !== null && "code" in data ? data.code : undefined;
    this.code = isErrorCode(code) ? code : undefined;
  }
}

/** One socket, with all that the server told it. It does not reconnect by itself. */
export class Connection {
  readonly ready: ReadyEvent;
  readonly socket: Socket;
  /** What `sync:push` brought, in the order of arrival: as the wire gave it, repeats and holes included. */
  readonly pushed: Entry[] = [];
  /** What `group:push` brought, as it came. */
  readonly groupPushes: GroupPushEvent[] = [];
  readonly typing: TypingEvent[] = [];
  readonly presence: PresenceEvent[] = [];
  revoked: RevokedEvent | undefined;
  drain: DrainEvent | undefined;

  readonly #timeoutMs: number;

  private constructor(socket: Socket, ready: ReadyEvent, timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.socket = socket;
    this.ready = ready;
  }

  /**
   * Opens a socket and waits for `session:ready`.
   *
   * @throws ConnectError when the server refuses the handshake.
   */
  static async open(url: string, token: unknown, timeoutMs = TIMEOUT_MS): Promise<Connection> {
    const socket = io(url, {
      auth: { token },
      transports: ["websocket"],
      reconnection: false,
      forceNew: true,
      timeout: timeoutMs,
    });
    // Pushes may follow session:ready in the same tick, so everything is listened to before anything is awaited.
    const early: Heard = { entries: [], groups: [], typing: [], presence: [] };
    let sink = early;
    socket.on("sync:push", ({ entries }: { entries: Entry[] }) => sink.entries.push(...entries));
    socket.on("group:push", (push: GroupPushEvent) => sink.groups.push(push));
    socket.on("typing", (event: TypingEvent) => sink.typing.push(event));
    socket.on("presence", (event: PresenceEvent) => sink.presence.push(event));
    socket.on("session:revoked", (event: RevokedEvent) => (sink.revoked = event));
    socket.on("server:drain", (event: DrainEvent) => (sink.drain = event));
    try {
      const ready = await within(
        new Promise<ReadyEvent>((resolve, reject) => {
          socket.once("session:ready", resolve);
          socket.once("connect_error", (error) => reject(new ConnectError(error)));
          socket.once("disconnect", (reason) => reject(new Error(`closed before session:ready: ${reason}`)));
        }),
        timeoutMs,
        "no session:ready",
      );
      const connection = new Connection(socket, ready, timeoutMs);
      connection.pushed.push(...early.entries);
      connection.groupPushes.push(...early.groups);
      connection.typing.push(...early.typing);
      connection.presence.push(...early.presence);
      connection.revoked = early.revoked;
      connection.drain = early.drain;
      sink = {
        entries: connection.pushed,
        groups: connection.groupPushes,
        typing: connection.typing,
        presence: connection.presence,
        set revoked(event: RevokedEvent | undefined) {
          connection.revoked = event;
        },
        set drain(event: DrainEvent | undefined) {
          connection.drain = event;
        },
      };
      return connection;
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  /**
   * One call; the acknowledgement is given as it is.
   *
   * @throws Error when it is not acknowledged: the outcome is unknown.
   */
  async call<C extends CallName>(event: C, payload: CallRequest<C>): Promise<Ack<CallResponse<C>>> {
    return (await this.raw(event, payload)) as Ack<CallResponse<C>>;
  }

  /** Emits anything at all, with an acknowledgement asked for. */
  async raw(event: string, ...payload: unknown[]): Promise<unknown> {
    // The library would keep it for a reconnection that never comes.
    if (!this.socket.connected) throw new Error(`${event} was not sent: the connection has ended`);
    const answer: unknown = await this.socket.timeout(this.#timeoutMs).emitWithAck(event, ...payload);
    return answer;
  }

  /**
   * One call that should succeed.
   *
   * @throws CallError when it is refused.
   */
  async ok<C extends CallName>(event: C, payload: CallRequest<C>): Promise<CallResponse<C>> {
    const ack = await this.call(event, payload);
    if (!ack.ok) throw new CallError(event, ack.error);
    return ack.data;
  }

  /** Waits until a pushed entry satisfies `test`, and gives it. */
  pushedEntry(test: (entry: Entry) => boolean, what = "a pushed entry"): Promise<Entry> {
    return waitFor(() => this.pushed.find(test), { what });
  }

  /** Waits until a message of this text has been pushed. */
  pushedText(text: string): Promise<Entry> {
    return this.pushedEntry(
      (entry) =>
        entry.type === "message" && entry.message.content.kind === "text" && entry.message.content.text === text,
      `the push of ${JSON.stringify(text)}`,
    );
  }

  close(): void {
    this.socket.close();
  }
}
