import type { HistoryResponse, Message, Seq } from "@im-webapp/protocol";
import {
  appendPage,
  applyMessages,
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

/** What the server says with a page; pages of the cache come without. */
interface ServerWord {
  readonly more: HistoryResponse["more"];
  /** The newest message that was known of when it was asked. */
  readonly known: Seq;
}

/**
 * The part of a conversation that a window holds: one run of at most `WINDOW_MAX` messages, and what is known of both its
 * ends. What grows beyond the bound is let go at the end where nobody reads.
 */
export class Stretch {
  readonly #lastSeq: () => Seq | undefined;
  #run: Run = EMPTY_RUN;
  /** Whether it is at the end of the conversation and takes what comes there. */
  #follows: boolean;
  /** Where somebody reads away from the end, so that what comes there must not move the stretch. */
  #reads: Seq | undefined;
  #before = false;
  #beginning: Seq | undefined;
  /** Whether the server has said that the run reaches the end. */
  #toldEnd = false;

  /** At the end, or around the message `start`. `lastSeq` gives the newest message known of, if the conversation is. */
  constructor(lastSeq: () => Seq | undefined, start: Seq | undefined) {
    this.#lastSeq = lastSeq;
    this.#follows = start === undefined;
    this.#reads = start;
  }

  get messages(): readonly Message[] {
    return this.#run.messages;
  }

  get isEmpty(): boolean {
    return this.messages.length === 0;
  }

  get first(): Seq | undefined {
    return this.messages[0]?.seq;
  }

  /** Complete up to this. 0: nothing is known. */
  get end(): Seq {
    return this.#run.end;
  }

  get follows(): boolean {
    return this.#follows;
  }

  get hasBefore(): boolean {
    return this.#before;
  }

  get hasAfter(): boolean {
    const lastSeq = this.#lastSeq();
    return lastSeq === undefined ? !this.#toldEnd : this.end < lastSeq;
  }

  /** Whether somebody reads at a place rather than at the end. */
  get isReadElsewhere(): boolean {
    return !this.#follows || this.#reads !== undefined;
  }

  holds(seq: Seq): boolean {
    return holds(this.#run, seq);
  }

  /** Somebody reads at this message from now on; without one, at the end. */
  read(at?: Seq): void {
    this.#reads = at;
  }

  /** The first message of the conversation that may be seen, as far as that is known. */
  learnBeginning(beginning: Seq | undefined): void {
    this.#beginning = beginning ?? this.#beginning;
  }

  /** Takes what the timeline brought: at its end what continues it, elsewhere new versions alone. */
  apply(messages: readonly Message[], updates: readonly Message[]): void {
    if (!this.#follows) {
      this.#run = updateMessages(this.#run, [...messages, ...updates]);
      return;
    }
    const wasEmpty = this.isEmpty;
    this.#run = applyMessages(applyMessages(this.#run, messages), updates);
    if (wasEmpty) this.#before = this.#reachesBack();
    this.#cut(this.#farEnd);
  }

  /** Takes a page of the end, unless somebody reads where no message leads from to that page. */
  joinNewest(page: readonly Message[], word?: ServerWord): void {
    if (!this.#follows) return;
    if (this.#reads !== undefined && !this.isEmpty && !touches(this.#run, page)) {
      if ((page[0]?.seq ?? 0) > this.end) this.#leaveEnd();
      return;
    }
    this.#join(page, word && { ...word, more: { ...word.more, after: false } });
    this.#cut(this.#farEnd);
  }

  /** Takes a page that has the place, or continues one that has it. */
  joinAround(page: readonly Message[], word?: ServerWord): void {
    this.#join(page, word);
    this.#followAtEnd();
  }

  /** Takes the page before `first`. What came at the end meanwhile may have pushed out what it leads to. */
  pageBack(first: Seq, page: readonly Message[], word?: ServerWord): void {
    if (this.first !== first) return;
    this.#run = prependPage(this.#run, page);
    this.#before = word?.more.before ?? this.#reachesBack();
    this.#cut("after");
  }

  /** Takes the page that continues the run; at the end it follows, and whoever has paged there reads there. */
  pageForward(page: readonly Message[], word?: ServerWord): void {
    this.#run = appendPage(this.#run, page, this.#endOf(page, word));
    this.#cut("before");
    this.#followAtEnd();
    if (this.#follows) this.#reads = undefined;
  }

  #join(page: readonly Message[], word: ServerWord | undefined): void {
    const { first } = this;
    this.#run = joinPage(this.#run, page, this.#endOf(page, word));
    if (this.first !== first || this.isEmpty) this.#before = word?.more.before ?? this.#reachesBack();
  }

  /** How far a page reaches: what is known to exist and was not given by the server is not this user's to see. */
  #endOf(page: readonly Message[], word: ServerWord | undefined): Seq | undefined {
    const last = page.at(-1)?.seq;
    if (!word) return last;
    this.#toldEnd = !word.more.after;
    return word.more.after ? last : Math.max(word.known, last ?? this.end);
  }

  /** Lets go of what is beyond the bound, at one of the ends. */
  #cut(end: "before" | "after"): void {
    if (this.messages.length <= WINDOW_MAX) return;
    if (end === "before") {
      this.#run = keepLast(this.#run, WINDOW_CUT);
      this.#before = true;
    } else {
      this.#run = keepFirst(this.#run, WINDOW_CUT);
      this.#leaveEnd();
    }
  }

  /** The end that is farther from where somebody reads. */
  get #farEnd(): "before" | "after" {
    const middle = this.messages[this.messages.length >> 1]?.seq ?? 0;
    return this.#reads !== undefined && this.#reads < middle ? "after" : "before";
  }

  #leaveEnd(): void {
    this.#follows = false;
    this.#toldEnd = false;
  }

  #followAtEnd(): void {
    if (this.#toldEnd || !this.hasAfter) this.#follows = true;
  }

  #reachesBack(): boolean {
    const { first } = this;
    return first !== undefined && first > 1 && first !== this.#beginning;
  }
}
