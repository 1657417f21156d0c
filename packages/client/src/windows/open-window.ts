import type { ConversationId, HistoryRequest, HistoryResponse, Message, Seq, WireError } from "@im-webapp/protocol";
import { Serial } from "../async/serial.ts";
import { toImError, unavailable } from "../errors.ts";
import type { ImError } from "../errors.ts";
import type { AccountStore } from "../store/local-store.ts";
import type { MessageWindow } from "../types.ts";
import { beginningOf } from "./page-reader.ts";
import type { PageReader } from "./page-reader.ts";
import { applyMessages, contiguousTail, EMPTY_RUN, joinPage, prependPage } from "./run.ts";
import type { Run } from "./run.ts";

/** Messages per page, from the cache and from the server: two or three screens. */
export const WINDOW_PAGE = 50;

/** Whether the server can be asked. `pending`: not yet, and it is not known whether soon. */
export type Reachability = "pending" | "online" | "offline";

export interface WindowContext {
  readonly store: Pick<AccountStore, "messages" | "markOpened">;
  readonly reachability: () => Reachability;
  readonly reader: Pick<PageReader, "read">;
  /** The newest message that the conversation is known to have; undefined while it is not known itself. */
  readonly lastSeq: (conversationId: ConversationId) => Seq | undefined;
  /** `view` changed. */
  readonly changed: () => void;
}

/** A window without what is local: messages still to be sent, and what messages are to become. */
export type WindowView = Omit<MessageWindow, "outgoing" | "changing">;

/**
 * The messages of one open conversation: the cached last page at once, then what the server has beyond it, then what
 * the timeline brings; older pages on demand, from the cache as far as it reaches without a hole.
 */
export class OpenWindow {
  readonly #context: WindowContext;
  readonly #conversationId: ConversationId;
  readonly #loads = new Serial();
  #run: Run = EMPTY_RUN;
  #before = false;
  #beginning: Seq | undefined;
  #asked = false;
  #loading: MessageWindow["loading"] = "first";
  #error: WireError | undefined;
  #closed = false;
  #view: WindowView;

  constructor(conversationId: ConversationId, context: WindowContext) {
    this.#conversationId = conversationId;
    this.#context = context;
    this.#view = this.#makeView();
  }

  get view(): WindowView {
    return this.#view;
  }

  /** Whether newer messages exist than the window shows, or it has not been filled at all. */
  get incomplete(): boolean {
    const lastSeq = this.#context.lastSeq(this.#conversationId);
    return lastSeq === undefined ? !this.#asked : this.#run.end < lastSeq;
  }

  /** Fills the window up to the newest message, as far as can be now. A failure is in `view.error`; never rejects. */
  load(): Promise<void> {
    return this.#loads.run(() =>
      this.#guard(this.#empty ? "first" : "after", async () => {
        await this.#fromCache();
        const reachability = this.#context.reachability();
        if (reachability === "online") {
          if (this.incomplete) await this.#newestFromServer();
          if (this.#before && this.#run.messages.length < WINDOW_PAGE) await this.#olderFromServer();
        } else if (this.#empty && this.incomplete) {
          // While it is open whether the server can be reached, an empty window is loading and not failed.
          if (reachability === "pending") return "first";
          throw notConnected();
        }
        return "none";
      }),
    );
  }

  /** One page earlier; resolves when it is there or has failed, which is then in `view.error`. */
  loadBefore(): Promise<void> {
    if (this.#empty) return this.load();
    return this.#loads.run(async () => {
      if (!this.#before) return;
      await this.#guard("before", async () => {
        if (!(await this.#olderFromCache())) await this.#olderFromServer();
        return "none";
      });
    });
  }

  /** Takes what the timeline brought. */
  apply(messages: readonly Message[], updates: readonly Message[]): void {
    const wasEmpty = this.#empty;
    this.#run = applyMessages(applyMessages(this.#run, messages), updates);
    if (wasEmpty) this.#before = this.#reachesBack();
    this.#show();
  }

  /** Starts over: what was held may have changed unseen. */
  reset(): OpenWindow {
    this.close();
    return new OpenWindow(this.#conversationId, this.#context);
  }

  /** Lets loads that are under way come to nothing. */
  close(): void {
    this.#closed = true;
  }

  async #fromCache(): Promise<void> {
    const { messages, beginning } = await this.#context.store.messages(this.#conversationId, WINDOW_PAGE);
    this.#beginning = beginning;
    const first = this.#first;
    this.#run = joinPage(this.#run, contiguousTail(messages));
    if (this.#first !== first) this.#before = this.#reachesBack();
    this.#show();
  }

  async #newestFromServer(): Promise<void> {
    const known = this.#context.lastSeq(this.#conversationId) ?? 0;
    await this.#read({ limit: WINDOW_PAGE }, ({ messages, more }) => {
      this.#asked = true;
      const first = this.#first;
      this.#run = joinPage(this.#run, messages, Math.max(known, messages.at(-1)?.seq ?? 0));
      if (this.#first !== first || this.#empty) this.#before = more.before;
    });
  }

  async #olderFromCache(): Promise<boolean> {
    const first = this.#first ?? 0;
    const { messages } = await this.#context.store.messages(this.#conversationId, WINDOW_PAGE, first);
    if (messages.at(-1)?.seq !== first - 1) return false;
    this.#run = prependPage(this.#run, contiguousTail(messages));
    this.#before = this.#reachesBack();
    return true;
  }

  async #olderFromServer(): Promise<void> {
    const first = this.#first;
    if (first === undefined) return;
    await this.#read({ before: first, limit: WINDOW_PAGE }, ({ messages, more }) => {
      this.#run = prependPage(this.#run, messages);
      this.#before = more.before;
    });
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

  get #first(): Seq | undefined {
    return this.#run.messages[0]?.seq;
  }

  get #empty(): boolean {
    return this.#run.messages.length === 0;
  }

  #reachesBack(): boolean {
    const first = this.#first;
    return first !== undefined && first > 1 && first !== this.#beginning;
  }

  #show(): void {
    const next = this.#makeView();
    const { messages, more, loading, error } = this.#view;
    if (
      next.messages === messages &&
      next.more.before === more.before &&
      next.more.after === more.after &&
      next.loading === loading &&
      next.error === error
    ) {
      return;
    }
    this.#view = next;
    if (!this.#closed) this.#context.changed();
  }

  #makeView(): WindowView {
    return {
      messages: this.#run.messages,
      more: { before: this.#before, after: this.#run.end > 0 && this.incomplete },
      loading: this.#loading,
      ...(this.#error && { error: this.#error }),
    };
  }
}

function notConnected(): ImError {
  return unavailable("network", "Not connected");
}
