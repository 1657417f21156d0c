import type { Socket } from "node:net";
import type { Endpoint, Person } from "../subjects/subject.ts";
import { BENCH_TEXT } from "../text.ts";
import type { Client, Hearer, Page, Target } from "./client.ts";
import { Deferred } from "./deferred.ts";
import { count, eachNumber, idOf, writeId } from "./marks.ts";
import { Outgoing } from "./outgoing.ts";
import { openStream } from "./stream.ts";

const END_OF_TAG = ">".charCodeAt(0);
const ERROR = Buffer.from("type='error'");
const RESULT = Buffer.from("<result ");
const CALL = Buffer.from("<iq ");
const END_OF_CALL = Buffer.from("</iq>");

/** Characters of earlier reads in which the beginning of an awaited text may stand. */
const LOOK_BACK = 200;

/** What a step of the way in sends, and what shows that the server has done it. */
interface Step {
  readonly send: string;
  readonly done: string;
}

interface Expected {
  readonly text: string;
  readonly arrived: Deferred<void>;
  /** The end of what has been read since. */
  seen: string;
}

interface Pull {
  readonly page: Deferred<Page>;
  messages: number;
}

/** A client of XMPP (RFC 6120) over plain TCP with SASL PLAIN; stanzas are found by their marks, not parsed. */
export class XmppClient implements Client {
  readonly person: Person;
  readonly #socket: Socket;
  readonly #outgoing: Outgoing;
  readonly #hearer: Hearer;
  readonly #ready = new Deferred<void>();
  /** Waits for a text to arrive: a step of the way in, or the entering of a room. */
  #awaited: Expected | undefined;
  #pull: Pull | undefined;
  #rest: Buffer | undefined;
  #isOver = false;

  constructor(endpoint: Endpoint, person: Person, hearer: Hearer) {
    this.person = person;
    this.#hearer = hearer;
    this.#socket = openStream(endpoint, {
      data: (bytes) => this.#data(bytes),
      closed: (error) => this.#fail(error ?? new Error("the server closed")),
    });
    this.#outgoing = new Outgoing(this.#socket);
    this.#comeIn().then(
      () => this.#ready.resolve(),
      (error: unknown) => this.#fail(error instanceof Error ? error : new Error(String(error))),
    );
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  sendTo({ kind, address }: Target): (number: number) => void {
    const before = `<message to='${address}' type='${kind === "group" ? "groupchat" : "chat"}' id='`;
    const form = Buffer.from(`${before}${idOf(0)}'><body>${BENCH_TEXT}</body></message>`);
    return (number) => {
      const bytes = Buffer.from(form);
      writeId(bytes, before.length, number);
      this.#outgoing.write(bytes);
    };
  }

  enter(group: string): Promise<void> {
    const nick = this.person.address.split("@")[0] ?? "";
    const history = "<history maxstanzas='0'/>";
    return this.#step({
      send: `<presence to='${group}/${nick}'><x xmlns='http://jabber.org/protocol/muc'>${history}</x></presence>`,
      // The room's presence of oneself.
      done: "<status code='110'/>",
    });
  }

  call(): Promise<never> {
    return Promise.reject(new Error("this call is not XMPP's"));
  }

  pull(cursor: string, limit: number): Promise<Page> {
    const after = cursor === "" ? "" : `<after>${cursor}</after>`;
    const set = `<set xmlns='http://jabber.org/protocol/rsm'><max>${limit}</max>${after}</set>`;
    this.#outgoing.write(Buffer.from(`<iq type='set' id='pull'><query xmlns='urn:xmpp:mam:2'>${set}</query></iq>`));
    this.#pull = { page: new Deferred(), messages: 0 };
    return this.#pull.page.promise;
  }

  close(): void {
    this.#isOver = true;
    this.#socket.destroy();
  }

  async #comeIn(): Promise<void> {
    const { address, secret } = this.person;
    const [user = "", domain = ""] = address.split("@");
    const names = "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'";
    const stream: Step = { send: `<stream:stream to='${domain}' ${names} version='1.0'>`, done: "</stream:features>" };
    const plain = Buffer.from(`\0${user}\0${secret}`).toString("base64");
    await this.#step(stream);
    await this.#step({
      send: `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${plain}</auth>`,
      done: "<success",
    });
    await this.#step(stream);
    const bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>b</resource></bind>";
    await this.#step({ send: `<iq type='set' id='bind'>${bind}</iq>`, done: "</iq>" });
    // From its own presence on a client is delivered to.
    await this.#step({ send: "<presence/>", done: "<presence" });
  }

  #step({ send, done }: Step): Promise<void> {
    this.#outgoing.write(Buffer.from(send));
    this.#awaited = { text: done, arrived: new Deferred(), seen: "" };
    return this.#awaited.arrived.promise;
  }

  #data(bytes: Buffer): void {
    if (this.#awaited) this.#look(this.#awaited, bytes);
    const whole = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes;
    // What comes after the last tag may be half of one. Copied, because the chunk's memory belongs to the next read.
    const end = this.#pull ? endOfPart(whole) : whole.lastIndexOf(END_OF_TAG) + 1;
    this.#rest = end < whole.length ? Buffer.from(whole.subarray(end)) : undefined;
    if (whole.indexOf(ERROR) >= 0) this.#fail(new Error(`refused: ${whole.toString("utf8", 0, end)}`));
    else if (this.#pull) this.#page(this.#pull, whole, end);
    else eachNumber(whole, 0, end, (number) => this.#hearer.received(this, number));
  }

  #look(awaited: Expected, bytes: Buffer): void {
    awaited.seen = awaited.seen.slice(-LOOK_BACK) + bytes.toString("latin1");
    if (awaited.seen.includes("<failure")) this.#fail(new Error(`refused: ${awaited.seen}`));
    if (!awaited.seen.includes(awaited.text)) return;
    this.#awaited = undefined;
    awaited.arrived.resolve();
  }

  #page(pull: Pull, bytes: Buffer, end: number): void {
    pull.messages += count(bytes, RESULT, 0, end);
    // The answer to the query comes after its results.
    const at = bytes.lastIndexOf(END_OF_CALL, end);
    if (at < 0 || at >= end) return;
    const answer = bytes.toString("latin1", Math.max(0, bytes.lastIndexOf("<iq ", at)), at);
    const cursor = /<last>([^<]*)<\/last>/.exec(answer)?.[1] ?? "";
    this.#pull = undefined;
    pull.page.resolve({ messages: pull.messages, cursor, more: !answer.includes("complete='true'") });
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.close();
    this.#ready.reject(error);
    this.#awaited?.arrived.reject(error);
    this.#pull?.page.reject(error);
    this.#hearer.failed(error);
  }
}

/** The offset after the last stanza or, while a call's answer is not whole, before that answer. */
function endOfPart(bytes: Buffer): number {
  const call = bytes.lastIndexOf(CALL);
  if (call >= 0 && bytes.indexOf(END_OF_CALL, call) < 0) return call;
  return bytes.lastIndexOf(END_OF_TAG) + 1;
}
