import type { Socket } from "node:net";
import type { Endpoint, Person } from "../subjects/subject.ts";
import { BENCH_TEXT } from "../text.ts";
import type { Client, Hearer, Page, Target } from "./client.ts";
import { Deferred } from "./deferred.ts";
import { count, eachNumber, idOf, numberAfter, writeId } from "./marks.ts";
import { Outgoing } from "./outgoing.ts";
import { openStream } from "./stream.ts";
import { FrameReader, openingHandshake, textFrame } from "./web-socket.ts";

/** The path of a Socket.IO server that is asked for a WebSocket at once. */
const PATH = "/socket.io/?EIO=4&transport=websocket";

/** Digits of an acknowledgement's number in a message's packet: all packets of one target have the same length. */
const ACK_DIGITS = 10;

/** The number under which a call waits for its answer; messages are numbered from 1. */
const CALL = 0;

const END_OF_HEADERS = Buffer.from("\r\n\r\n");
const SWITCHING = "HTTP/1.1 101";
const ACCEPTED = Buffer.from('[{"ok":true');
const ENTRY = Buffer.from('"clientMessageId"');
const SEQ = Buffer.from('"seq":');
const PONG = textFrame("3").bytes;

const [ZERO, ENGINE_OPEN, ENGINE_PING, MESSAGE] = ["0", "0", "2", "4"].map((text) => text.charCodeAt(0));
const [CONNECT, EVENT, ACK, REFUSED] = ["0", "2", "3", "4"].map((text) => text.charCodeAt(0));
const NINE = "9".charCodeAt(0);

/** Where the first letter of an event's name stands in its packet: after `42["`. */
const PUSH_KIND_AT = 4;

/** How much of the end of an answer is kept: there a pull's position stands. */
const TAIL_BYTES = 200;
const POSITION = /"cursor":(\d+),"head":\d+,"more":(true|false)/;

/** A client of Socket.IO 4 over a bare TCP connection: Engine.IO's and Socket.IO's packets are written by hand. */
export class SocketIoClient implements Client {
  readonly person: Person;
  readonly #socket: Socket;
  readonly #outgoing: Outgoing;
  readonly #hearer: Hearer;
  readonly #frames = new FrameReader((bytes, from, to) => this.#packet(bytes, from, to));
  #upgraded = false;
  #head: Buffer | undefined;
  readonly #ready = new Deferred<void>();
  /** The newest `seq` that has arrived, by the first letter of its event: `sync:push` or `group:push`. */
  readonly #cursors = new Map<number, number>();
  #isReady = false;
  #isOver = false;
  #answer: Deferred<{ messages: number; tail: string }> | undefined;

  constructor(endpoint: Endpoint, person: Person, hearer: Hearer) {
    this.person = person;
    this.#hearer = hearer;
    this.#socket = openStream(endpoint, {
      data: (bytes) => this.#data(bytes),
      closed: (error) => this.#fail(error ?? new Error("the server closed")),
    });
    this.#outgoing = new Outgoing(this.#socket);
    this.#socket.write(openingHandshake(PATH, `${endpoint.host}:${endpoint.port}`));
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  sendTo({ kind, address }: Target): (number: number) => void {
    const acknowledgement = "0".repeat(ACK_DIGITS);
    const before = `42${acknowledgement}["message:send",{"clientMessageId":"`;
    const to = kind === "person" ? { userId: address } : { conversationId: address };
    const after = `","to":${JSON.stringify(to)},"content":${JSON.stringify({ kind: "text", text: BENCH_TEXT })}}]`;
    const { bytes: form, payloadAt } = textFrame(before + idOf(0) + after);
    const acknowledgementAt = payloadAt + "42".length;
    const idAt = payloadAt + before.length;
    return (number) => {
      const bytes = Buffer.from(form);
      bytes.write(String(number).padStart(ACK_DIGITS, "0"), acknowledgementAt, ACK_DIGITS, "latin1");
      writeId(bytes, idAt, number);
      this.#outgoing.write(bytes);
    };
  }

  enter(): Promise<void> {
    return Promise.resolve();
  }

  async pull(cursor: string, limit: number): Promise<Page> {
    const { messages, tail } = await this.call("sync:pull", JSON.stringify({ cursor: Number(cursor), limit }));
    const [, next = "", more] = POSITION.exec(tail) ?? [];
    return { messages, cursor: next, more: more === "true" };
  }

  /** One call at a time; gives how many messages the answer holds, and its end. */
  call(event: string, payload: string): Promise<{ messages: number; tail: string }> {
    this.#outgoing.write(textFrame(`42${CALL}["${event}",${payload}]`).bytes);
    this.#answer = new Deferred();
    return this.#answer.promise;
  }

  close(): void {
    this.#isOver = true;
    this.#socket.destroy();
  }

  #data(bytes: Buffer): void {
    if (this.#upgraded) {
      this.#frames.read(bytes);
      return;
    }
    const head = this.#head ? Buffer.concat([this.#head, bytes]) : bytes;
    const end = head.indexOf(END_OF_HEADERS);
    if (end < 0) {
      this.#head = Buffer.from(head);
      return;
    }
    const answer = head.toString("latin1", 0, end);
    if (!answer.startsWith(SWITCHING)) this.#fail(new Error(answer));
    this.#upgraded = true;
    this.#head = undefined;
    this.#frames.read(head.subarray(end + END_OF_HEADERS.length));
  }

  #packet(bytes: Buffer, from: number, to: number): void {
    const engine = bytes[from];
    const kind = bytes[from + 1];
    if (engine === ENGINE_PING) this.#outgoing.write(PONG);
    else if (engine === ENGINE_OPEN) {
      this.#outgoing.write(textFrame(`40${JSON.stringify({ token: this.person.secret })}`).bytes);
    } else if (engine !== MESSAGE) return;
    else if (kind === EVENT && this.#isReady) {
      this.#push(bytes, from, to);
    } else if (kind === EVENT) {
      // A push may come before the greeting; the workload has not begun then.
      if (!bytes.toString("latin1", from, from + 20).includes("session:ready")) return;
      this.#isReady = true;
      this.#ready.resolve();
    } else if (kind === ACK) this.#acknowledgement(bytes, from + 2, to);
    else if (kind === REFUSED) this.#fail(new Error(`refused: ${bytes.toString("utf8", from, to)}`));
    else if (kind !== CONNECT) this.#fail(new Error(`unexpected: ${bytes.toString("utf8", from, to)}`));
  }

  /**
   * Pushes may repeat what was pushed before. As any client, this one drops what it has: here whole pushes, for their
   * entries, or messages of a large group, are consecutive.
   */
  #push(bytes: Buffer, from: number, to: number): void {
    const kind = bytes[from + PUSH_KIND_AT] ?? 0;
    const first = numberAfter(bytes, SEQ, from, to);
    const cursor = this.#cursors.get(kind) ?? 0;
    if (first !== undefined && first <= cursor) return;
    let arrived = 0;
    eachNumber(bytes, from, to, (number) => {
      arrived += 1;
      this.#hearer.received(this, number);
    });
    if (first !== undefined) this.#cursors.set(kind, first + arrived - 1);
  }

  #acknowledgement(bytes: Buffer, from: number, to: number): void {
    let number = 0;
    let at = from;
    for (let digit = bytes[at] ?? 0; digit >= (ZERO ?? 0) && digit <= NINE; digit = bytes[at] ?? 0) {
      number = number * 10 + (digit - (ZERO ?? 0));
      at += 1;
    }
    if (bytes.compare(ACCEPTED, 0, ACCEPTED.length, at, at + ACCEPTED.length) !== 0) {
      this.#fail(new Error(`refused: ${bytes.toString("utf8", from, to)}`));
    } else if (number === CALL) this.#called(bytes, at, to);
    else this.#hearer.acknowledged(number);
  }

  #called(bytes: Buffer, from: number, to: number): void {
    const tail = bytes.toString("latin1", Math.max(from, to - TAIL_BYTES), to);
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.resolve({ messages: count(bytes, ENTRY, from, to), tail });
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.close();
    this.#ready.reject(error);
    this.#answer?.reject(error);
    this.#hearer.failed(error);
  }
}
