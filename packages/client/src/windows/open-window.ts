import type { ConversationId, HistoryRequest, HistoryResponse, Message, Seq, WireError } from "@im-webapp/protocol";
import { Serial } from "../async/serial.ts";
import { ImError, toImError, unavailable } from "../errors.ts";
import type { AccountStore } from "../store/local-store.ts";
import type { MessageWindow } from "../types.ts";
import { beginningOf } from "./page-reader.ts";
import type { PageReader } from "./page-reader.ts";
import { contiguousHead, contiguousTail } from "./run.ts";
import { Stretch, WINDOW_PAGE } from "./stretch.ts";

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

/** A window without what is local: messages still to be sent, and what messages are to become. */
export type WindowView = Omit<MessageWindow, "outgoing" | "changing">;

/** Where a window begins that does not begin at the newest message. */
interface Place {
  /** The message to fill the window around. */
  readonly start: Seq;
  /** The message that somebody asked for, if it was one. */
  readonly around?: Seq | undefined;
}

/**
 * The messages of one open conversation. At the end it follows: the cached last page at once, then what the server has
 * beyond it, then what the timeline brings. Around a place it stays there. Further pages on demand, from the cache as far
 * as it reaches without a hole. A window has one beginning for all its life, so that no answer can bring what was asked
 * for another place.
 */
export class OpenWindow {
  readonly #context: WindowContext;
  readonly #conversationId: ConversationId;
  readonly #place: Place | undefined;
  readonly #loads = new Serial();
  readonly #stretch: Stretch;
  /** Whether all that was to be had around the place has been, or somebody has gone on from there. */
  #placed: boolean;
  #around: Seq | undefined;
  #loading: MessageWindow["loading"] = "first";
  #error: WireError | undefined;
  #closed = false;
  #view: WindowView;

  /** At the newest message, or around a place. */
  constructor(conversationId: ConversationId, context: WindowContext, place?: Place) {
    this.#conversationId = conversationId;
    this.#context = context;
    this.#place = place;
    this.#placed = place === undefined;
    this.#around = place?.around;
    this.#stretch = new Stretch(() => context.lastSeq(conversationId), place?.start);
    this.#view = this.#makeView();
  }

  get view(): WindowView {
    return this.#view;
  }

  /** Whether it is at the end and newer messages exist than it shows, or it has not been filled at all. */
  get incomplete(): boolean {
    const { follows, hasAfter } = this.#stretch;
    return follows ? hasAfter : !this.#placed && this.#error === undefined;
  }

  /** Fills the window, as far as can be now: up to the newest message, or around its place. Never rejects. */
  load(): Promise<void> {
    return this.#loads.run(() =>
      this.#guard(this.#stretch.isEmpty ? "first" : "after", () =>
        this.#stretch.follows ? this.#fillNewest() : this.#fillPlace(),
      ),
    );
  }

  /** One page earlier; resolves when it is there or has failed, which is then in `view.error`. */
  loadBefore(): Promise<void> {
    if (this.#stretch.isEmpty) return this.load();
    return this.#loads.run(async () => {
      if (!this.#stretch.hasBefore) return;
      this.#stretch.read(this.#stretch.first);
      this.#placed = true;
      await this.#guard("before", async () => {
        if (!(await this.#olderFromCache())) await this.#olderFromServer();
        return "none";
      });
    });
  }

  /** One page later, as `loadBefore`. At the end, where what is missing comes by itself, it only tries again. */
  loadAfter(): Promise<void> {
    if (this.#stretch.isEmpty) return this.load();
    return this.#loads.run(async () => {
      if (this.#stretch.follows && this.#error === undefined) return;
      this.#placed = true;
      await this.#guard("after", async () => {
        if (!this.#stretch.follows) {
          await this.#newer();
          if (!this.#isBehind) return "none";
        }
        return this.#fillNewest();
      });
    });
  }

  /** Takes what the timeline brought. */
  apply(messages: readonly Message[], updates: readonly Message[]): void {
    this.#stretch.apply(messages, updates);
    this.#show();
  }

  /** The window of a place: this one, if it holds that message already, or a new one to be loaded. */
  showAround(seq: Seq): OpenWindow {
    // What is being loaded may push the message out.
    if (this.#loading !== "none" || !this.#stretch.holds(seq)) return this.#succeed({ start: seq, around: seq });
    this.#around = seq;
    this.#stretch.read(seq);
    this.#error = undefined;
    this.#show();
    return this;
  }

  /** The window of the end: this one, if it is there already, or a new one to be loaded. */
  showNewest(): OpenWindow {
    if (!this.#stretch.follows) return this.#succeed();
    this.#around = undefined;
    this.#stretch.read();
    this.#show();
    return this;
  }

  /** Starts over where it is: what was held may have changed unseen. */
  reset(): OpenWindow {
    const { follows, isReadElsewhere, messages } = this.#stretch;
    const around = this.#around;
    const middle = messages[messages.length >> 1]?.seq ?? this.#place?.start;
    const start = around !== undefined && this.#stretch.holds(around) ? around : middle;
    const isAtPlace = isReadElsewhere && (!follows || around !== undefined);
    return this.#succeed(isAtPlace && start !== undefined ? { start, around } : undefined);
  }

  /** Lets loads that are under way come to nothing. */
  close(): void {
    this.#closed = true;
  }

  #succeed(place?: Place): OpenWindow {
    this.close();
    return new OpenWindow(this.#conversationId, this.#context, place);
  }

  async #fillNewest(): Promise<"none" | "first"> {
    const stretch = this.#stretch;
    await this.#newestFromCache();
    const reachability = this.#context.reachability();
    if (reachability === "online") {
      if (this.#isBehind) await this.#newestFromServer();
      if (stretch.follows && stretch.hasBefore && stretch.messages.length < WINDOW_PAGE) await this.#olderFromServer();
    } else if (stretch.isEmpty && stretch.hasAfter) {
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
    else if (this.#stretch.isEmpty) return this.#unreachable(reachability);
    // What came at the end meanwhile.
    return this.#isBehind ? this.#fillNewest() : "none";
  }

  /** While it is open whether the server can be reached, an empty window is loading and not failed. */
  #unreachable(reachability: Reachability): "first" {
    if (reachability === "pending") return "first";
    throw notConnected();
  }

  async #newestFromCache(): Promise<void> {
    const { messages, beginning } = await this.#context.store.messages(this.#conversationId, WINDOW_PAGE);
    this.#stretch.learnBeginning(beginning);
    this.#stretch.joinNewest(contiguousTail(messages));
    this.#show();
  }

  async #newestFromServer(): Promise<void> {
    const known = this.#known;
    await this.#read({ limit: WINDOW_PAGE }, ({ messages, more }) => {
      this.#stretch.joinNewest(messages, { more, known });
    });
  }

  async #aroundFromCache(start: Seq): Promise<void> {
    const { store } = this.#context;
    const stretch = this.#stretch;
    const { messages, beginning } = await store.messages(this.#conversationId, HALF_PAGE, start + 1);
    if (messages.at(-1)?.seq !== start) return;
    const earlier = contiguousTail(messages);
    stretch.learnBeginning(beginning);
    // At once, so that what changes before the other half is read finds this one.
    stretch.joinAround(earlier);
    const { messages: cached } = await store.messagesAfter(this.#conversationId, HALF_PAGE, start);
    const later = contiguousHead(cached, start);
    stretch.joinAround(later);
    const isWholeBefore = !stretch.hasBefore || earlier.length === HALF_PAGE;
    this.#placed = isWholeBefore && (stretch.follows || later.length === HALF_PAGE);
    this.#show();
  }

  async #aroundFromServer(start: Seq): Promise<void> {
    let isSeen = false;
    const known = this.#known;
    await this.#read({ around: start, limit: WINDOW_PAGE }, ({ messages, more }) => {
      isSeen = messages.some(({ seq }) => seq === start);
      if (!isSeen) return;
      this.#placed = true;
      this.#stretch.joinAround(messages, { more, known });
    });
    if (!isSeen && !this.#closed) {
      throw new ImError({ code: "NOT_FOUND", message: "No message is at this place" });
    }
  }

  async #olderFromCache(): Promise<boolean> {
    const first = this.#stretch.first ?? 0;
    const { messages } = await this.#context.store.messages(this.#conversationId, WINDOW_PAGE, first);
    if (messages.at(-1)?.seq !== first - 1) return false;
    this.#stretch.pageBack(first, contiguousTail(messages));
    return true;
  }

  async #olderFromServer(): Promise<void> {
    const { first } = this.#stretch;
    if (first === undefined) return;
    const known = this.#known;
    await this.#read({ before: first, limit: WINDOW_PAGE }, ({ messages, more }) => {
      this.#stretch.pageBack(first, messages, { more, known });
    });
  }

  async #newer(): Promise<void> {
    const { end } = this.#stretch;
    const { messages } = await this.#context.store.messagesAfter(this.#conversationId, WINDOW_PAGE, end);
    const cached = contiguousHead(messages, end);
    if (cached.length > 0) return this.#stretch.pageForward(cached);
    const known = this.#known;
    await this.#read({ after: end, limit: WINDOW_PAGE }, ({ messages: page, more }) => {
      this.#stretch.pageForward(page, { more, known });
    });
  }

  /** Asks the server; `take` puts the answer into the stretch before anything else can change it. */
  async #read(page: Omit<HistoryRequest, "conversationId">, take: (page: HistoryResponse) => void): Promise<void> {
    if (this.#context.reachability() !== "online") throw notConnected();
    await this.#context.reader.read({ conversationId: this.#conversationId, ...page }, (answer) => {
      if (this.#closed) return;
      this.#stretch.learnBeginning(beginningOf(page, answer));
      take(answer);
    });
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

  /** Whether it is at the end and lacks some of it. */
  get #isBehind(): boolean {
    return this.#stretch.follows && this.#stretch.hasAfter;
  }

  get #known(): Seq {
    return this.#context.lastSeq(this.#conversationId) ?? 0;
  }

  #show(): void {
    const next = this.#makeView();
    if (isSame(next, this.#view)) return;
    this.#view = next;
    if (!this.#closed) this.#context.changed();
  }

  #makeView(): WindowView {
    const { messages, end, follows, hasBefore, hasAfter } = this.#stretch;
    return {
      messages,
      more: { before: hasBefore, after: end > 0 && hasAfter },
      atEnd: follows,
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
