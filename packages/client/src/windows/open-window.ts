import type { ConversationId, HistoryRequest, HistoryResponse, Message, Seq, WireError } from "@im-webapp/protocol";
import { Serial } from "../async/serial.ts";
import { ImError, toImError, unavailable } from "../errors.ts";
import type { AccountStore } from "../store/local-store.ts";
import type { MessageWindow } from "../types.ts";
import { beginningOf } from "./page-reader.ts";
import type { PageReader } from "./page-reader.ts";
import {
  appendPage,
  applyMessages,
  contiguousHead,
  contiguousTail,
  EMPTY_RUN,
  holds,
  joinPage,
  keepFirst,
  keepLast,
  prependPage,
  touches,
  updateMessages,
} from "./run.ts";
import type { Run } from "./run.ts";

/** Messages per page, from the cache and from the server: two or three screens. */
export const WINDOW_PAGE = 50;

/**
 * Most messages that a window holds: twenty pages, more than anybody sees at once, and little enough memory that any
 * number of pages may be scrolled through.
 */
export const WINDOW_MAX = 1_000;

/** What stays of a window that has grown beyond `WINDOW_MAX`: a page less, so that it is cut once per page. */
const WINDOW_CUT = WINDOW_MAX - WINDOW_PAGE;

/** Messages on each side of a place, the one asked for among the earlier: as the server halves its page. */
const HALF_PAGE = WINDOW_PAGE / 2;

/** Whether the server can be asked. `pending`: not yet, and it is not known whether soon. */
export type Reachability = "pending" | "online" | "offline";

export interface WindowContext {
  readonly store: Pick<AccountStore, "messages" | "messagesAfter" | "markOpened">;
  readonly reachability: () => Reachability;
  readonly reader: Pick<PageReader, "read">;
  /** The newest message that the conversation is known to have; undefined while it is not known itself. */
  readonly lastSeq: (conversationId: ConversationId) => Seq | undefined;
  /** `view` changed. */
  readonly changed: () => void;
}

/** A window without the messages still to be sent. */
export type WindowView = Omit<MessageWindow, "outgoing">;

/** Where a window begins that does not begin at the newest message. */
interface Place {
  /** The message to fill the window around. */
  readonly start: Seq;
  /** The message that somebody asked for, if it was one. */
  readonly around?: Seq | undefined;
}

/**
 * The messages of one open conversation, at most `WINDOW_MAX` of them. At the end it follows: the cached last page at
 * once, then what the server has beyond it, then what the timeline brings. Around a place it stays there. Further pages
 * on demand, from the cache as far as it reaches without a hole; what they push out goes at the other end. A window has
 * one beginning for all its life, so that no answer can bring what was asked for another place.
 */
export class OpenWindow {
  readonly #context: WindowContext;
  readonly #conversationId: ConversationId;
  readonly #place: Place | undefined;
  readonly #loads = new Serial();
  #run: Run = EMPTY_RUN;
  /** Whether the window is at the end and takes what comes there. */
  #follows: boolean;
  /** Where somebody reads away from the end, so that what comes there must not move the window. */
  #reads: Seq | undefined;
  /** Whether all that was to be had around the place has been. */
  #placed = false;
  #around: Seq | undefined;
  #before = false;
  #beginning: Seq | undefined;
  /** Whether the server has said that the run reaches the end. */
  #toldEnd = false;
  #loading: MessageWindow["loading"] = "first";
  #error: WireError | undefined;
  #closed = false;
  #view: WindowView;

  /** At the newest message, or around a place. */
  constructor(conversationId: ConversationId, context: WindowContext, place?: Place) {
    this.#conversationId = conversationId;
    this.#context = context;
    this.#place = place;
    this.#around = place?.around;
    this.#follows = !place;
    this.#reads = place?.start;
    this.#view = this.#makeView();
  }

  get view(): WindowView {
    return this.#view;
  }

  /** Whether it is at the end and newer messages exist than it shows, or it has not been filled at all. */
  get incomplete(): boolean {
    return this.#follows ? this.#hasBelow : !this.#placed && this.#error === undefined;
  }

  /** Fills the window, as far as can be now: up to the newest message, or around its place. Never rejects. */
  load(): Promise<void> {
    return this.#loads.run(() =>
      this.#guard(this.#empty ? "first" : "after", () => (this.#follows ? this.#fillNewest() : this.#fillPlace())),
    );
  }

  /** One page earlier; resolves when it is there or has failed, which is then in `view.error`. */
  loadBefore(): Promise<void> {
    if (this.#empty) return this.load();
    return this.#loads.run(async () => {
      if (!this.#before) return;
      this.#reads = this.#first;
      this.#placed = true;
      await this.#guard("before", async () => {
        if (!(await this.#olderFromCache())) await this.#olderFromServer();
        this.#cut("after");
        return "none";
      });
    });
  }

  /** One page later, as `loadBefore`. At the end, where what is missing comes by itself, it only tries again. */
  loadAfter(): Promise<void> {
    if (this.#empty) return this.load();
    return this.#loads.run(async () => {
      if (this.#follows && this.#error === undefined) return;
      this.#placed = true;
      await this.#guard("after", async () => {
        if (!this.#follows) {
          await this.#newer();
          if (!this.#follows || !this.#hasBelow) return "none";
        }
        return this.#fillNewest();
      });
    });
  }

  /** Takes what the timeline brought. */
  apply(messages: readonly Message[], updates: readonly Message[]): void {
    const wasEmpty = this.#empty;
    if (this.#follows) {
      this.#run = applyMessages(applyMessages(this.#run, messages), updates);
      if (wasEmpty) this.#before = this.#reachesBack();
      this.#cut(this.#farEnd);
    } else {
      this.#run = updateMessages(this.#run, [...messages, ...updates]);
    }
    this.#show();
  }

  /** The window of a place: this one, if it holds that message already, or a new one to be loaded. */
  showAround(seq: Seq): OpenWindow {
    // What is being loaded may push the message out.
    if (this.#loading !== "none" || !holds(this.#run, seq)) {
      this.close();
      return new OpenWindow(this.#conversationId, this.#context, { start: seq, around: seq });
    }
    this.#around = seq;
    this.#reads = seq;
    this.#error = undefined;
    this.#show();
    return this;
  }

  /** The window of the end: this one, if it is there already, or a new one to be loaded. */
  showNewest(): OpenWindow {
    if (!this.#follows) {
      this.close();
      return new OpenWindow(this.#conversationId, this.#context);
    }
    this.#around = undefined;
    this.#reads = undefined;
    this.#show();
    return this;
  }

  /** Starts over where it is: what was held may have changed unseen. */
  reset(): OpenWindow {
    this.close();
    return new OpenWindow(this.#conversationId, this.#context, this.#presentPlace());
  }

  /** Lets loads that are under way come to nothing. */
  close(): void {
    this.#closed = true;
  }

  /** Where somebody reads who does not read at the end. */
  #presentPlace(): Place | undefined {
    const around = this.#around;
    if (this.#follows && (this.#reads === undefined || around === undefined)) return undefined;
    const { messages } = this.#run;
    const middle = messages[messages.length >> 1]?.seq ?? this.#place?.start;
    const start = around !== undefined && holds(this.#run, around) ? around : middle;
    return start === undefined ? undefined : { start, around };
  }

  async #fillNewest(): Promise<"none" | "first"> {
    await this.#newestFromCache();
    const reachability = this.#context.reachability();
    if (reachability === "online") {
      if (this.#follows && this.#hasBelow) await this.#newestFromServer();
      if (this.#follows && this.#before && this.#run.messages.length < WINDOW_PAGE) await this.#olderFromServer();
    } else if (this.#empty && this.#hasBelow) {
      return this.#unreachable(reachability);
    }
    return "none";
  }

  async #fillPlace(): Promise<"none" | "first"> {
    const start = this.#place?.start;
    if (this.#placed || start === undefined) return "none";
    await this.#aroundFromCache(start);
    if (this.#placed) return "none";
    const reachability = this.#context.reachability();
    if (reachability === "online") await this.#aroundFromServer(start);
    else if (this.#empty) return this.#unreachable(reachability);
    // What came at the end meanwhile.
    return this.#follows && this.#hasBelow ? this.#fillNewest() : "none";
  }

  /** While it is open whether the server can be reached, an empty window is loading and not failed. */
  #unreachable(reachability: Reachability): "first" {
    if (reachability === "pending") return "first";
    throw notConnected();
  }

  async #newestFromCache(): Promise<void> {
    const { messages, beginning } = await this.#context.store.messages(this.#conversationId, WINDOW_PAGE);
    this.#beginning = beginning;
    const first = this.#first;
    this.#joinNewest(contiguousTail(messages));
    if (this.#first !== first) this.#before = this.#reachesBack();
    this.#show();
  }

  async #newestFromServer(): Promise<void> {
    const known = this.#context.lastSeq(this.#conversationId) ?? 0;
    await this.#read({ limit: WINDOW_PAGE }, ({ messages, more }) => {
      this.#toldEnd = true;
      const first = this.#first;
      this.#joinNewest(messages, Math.max(known, messages.at(-1)?.seq ?? 0));
      if (this.#first !== first || this.#empty) this.#before = more.before;
    });
  }

  /** Takes a page of the end, unless somebody reads where no message leads from to that page. */
  #joinNewest(page: readonly Message[], end?: Seq): void {
    if (!this.#follows) return;
    if (this.#reads !== undefined && !this.#empty && !touches(this.#run, page)) {
      if ((page[0]?.seq ?? 0) > this.#run.end) this.#leaveEnd();
      return;
    }
    this.#run = joinPage(this.#run, page, end);
    this.#cut(this.#farEnd);
  }

  async #aroundFromCache(start: Seq): Promise<void> {
    const { store } = this.#context;
    const { messages, beginning } = await store.messages(this.#conversationId, HALF_PAGE, start + 1);
    if (messages.at(-1)?.seq !== start) return;
    const earlier = contiguousTail(messages);
    // At once, so that what changes before the other half is read finds this one.
    this.#run = { messages: earlier, end: start };
    this.#beginning = beginning;
    this.#before = this.#reachesBack();
    const { messages: cached } = await store.messagesAfter(this.#conversationId, HALF_PAGE, start);
    const later = contiguousHead(cached, start);
    this.#run = appendPage(this.#run, later);
    this.#followAtEnd();
    const isWholeBefore = !this.#before || earlier.length === HALF_PAGE;
    this.#placed = isWholeBefore && (this.#follows || later.length === HALF_PAGE);
    this.#show();
  }

  async #aroundFromServer(start: Seq): Promise<void> {
    let isSeen = false;
    const known = this.#context.lastSeq(this.#conversationId) ?? 0;
    await this.#read({ around: start, limit: WINDOW_PAGE }, ({ messages, more }) => {
      isSeen = messages.some(({ seq }) => seq === start);
      if (!isSeen) return;
      this.#placed = true;
      const first = this.#first;
      this.#run = joinPage(this.#run, messages, this.#endOf(messages, more.after, known));
      if (this.#first !== first) this.#before = more.before;
      this.#followAtEnd();
    });
    if (!isSeen && !this.#closed) {
      throw new ImError({ code: "NOT_FOUND", message: "No message that you may read is at this place" });
    }
  }

  async #olderFromCache(): Promise<boolean> {
    const first = this.#first ?? 0;
    const { messages } = await this.#context.store.messages(this.#conversationId, WINDOW_PAGE, first);
    if (messages.at(-1)?.seq !== first - 1 || this.#first !== first) return false;
    this.#run = prependPage(this.#run, contiguousTail(messages));
    this.#before = this.#reachesBack();
    return true;
  }

  async #olderFromServer(): Promise<void> {
    const first = this.#first;
    if (first === undefined) return;
    await this.#read({ before: first, limit: WINDOW_PAGE }, ({ messages, more }) => {
      // What came at the end meanwhile may have pushed out what this page leads to.
      if (this.#first !== first) return;
      this.#run = prependPage(this.#run, messages);
      this.#before = more.before;
    });
  }

  async #newer(): Promise<void> {
    const { end } = this.#run;
    const { messages } = await this.#context.store.messagesAfter(this.#conversationId, WINDOW_PAGE, end);
    const cached = contiguousHead(messages, end);
    if (cached.length > 0) {
      this.#run = appendPage(this.#run, cached);
    } else {
      const known = this.#context.lastSeq(this.#conversationId) ?? 0;
      await this.#read({ after: end, limit: WINDOW_PAGE }, ({ messages: page, more }) => {
        this.#run = appendPage(this.#run, page, this.#endOf(page, more.after, known));
      });
    }
    this.#cut("before");
    this.#followAtEnd();
    if (this.#follows) this.#reads = undefined;
  }

  /** How far a page of the server reaches: what is known to exist and was not given is not this user's to see. */
  #endOf(page: readonly Message[], hasAfter: boolean, known: Seq): Seq {
    this.#toldEnd = !hasAfter;
    const last = page.at(-1)?.seq ?? this.#run.end;
    return hasAfter ? last : Math.max(known, last);
  }

  /** Asks the server; `take` puts the answer into the run before anything else can change it. */
  async #read(page: Omit<HistoryRequest, "conversationId">, take: (page: HistoryResponse) => void): Promise<void> {
    if (this.#context.reachability() !== "online") throw notConnected();
    await this.#context.reader.read({ conversationId: this.#conversationId, ...page }, (answer) => {
      if (this.#closed) return;
      this.#beginning = beginningOf(page, answer) ?? this.#beginning;
      take(answer);
    });
  }

  /** Lets go of what is beyond the bound, at one of the ends. */
  #cut(end: "before" | "after"): void {
    if (this.#run.messages.length <= WINDOW_MAX) return;
    if (end === "before") {
      this.#run = keepLast(this.#run, WINDOW_CUT);
      this.#before = true;
    } else {
      this.#run = keepFirst(this.#run, WINDOW_CUT);
      this.#leaveEnd();
    }
  }

  #leaveEnd(): void {
    this.#follows = false;
    this.#placed = true;
    this.#toldEnd = false;
  }

  #followAtEnd(): void {
    if (this.#toldEnd || !this.#hasBelow) this.#follows = true;
  }

  /** Runs one load, which says what the window does afterwards, with its state and its failure shown. */
  async #guard(loading: MessageWindow["loading"], work: () => Promise<"none" | "first">): Promise<void> {
    if (this.#closed) return;
    this.#loading = loading;
    this.#error = undefined;
    this.#show();
    try {
      this.#loading = await work();
    } catch (error) {
      this.#loading = "none";
      this.#error = toImError(error).toWire();
    }
    this.#show();
  }

  /** The end that is farther from where somebody reads. */
  get #farEnd(): "before" | "after" {
    const { messages } = this.#run;
    const middle = messages[messages.length >> 1]?.seq ?? 0;
    return this.#reads !== undefined && this.#reads < middle ? "after" : "before";
  }

  get #first(): Seq | undefined {
    return this.#run.messages[0]?.seq;
  }

  get #empty(): boolean {
    return this.#run.messages.length === 0;
  }

  /** Whether there are newer messages than the run has. */
  get #hasBelow(): boolean {
    const lastSeq = this.#context.lastSeq(this.#conversationId);
    return lastSeq === undefined ? !this.#toldEnd : this.#run.end < lastSeq;
  }

  #reachesBack(): boolean {
    const first = this.#first;
    return first !== undefined && first > 1 && first !== this.#beginning;
  }

  #show(): void {
    const next = this.#makeView();
    if (isSame(next, this.#view)) return;
    this.#view = next;
    if (!this.#closed) this.#context.changed();
  }

  #makeView(): WindowView {
    return {
      messages: this.#run.messages,
      more: { before: this.#before, after: this.#run.end > 0 && this.#hasBelow },
      atEnd: this.#follows,
      loading: this.#loading,
      ...(this.#around !== undefined && { around: this.#around }),
      ...(this.#error && { error: this.#error }),
    };
  }
}

function isSame(a: WindowView, b: WindowView): boolean {
  return (
    a.messages === b.messages &&
    a.more.before === b.more.before &&
    a.more.after === b.more.after &&
    a.atEnd === b.atEnd &&
    a.loading === b.loading &&
    a.around === b.around &&
    a.error === b.error
  );
}

function notConnected(): ImError {
  return unavailable("network", "Not connected");
}
