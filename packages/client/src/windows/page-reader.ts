import type { HistoryRequest, HistoryResponse, Message, Seq } from "@im-webapp/protocol";
import type { TimelineStore } from "../sync/timeline-store.ts";

export interface PageReaderContext {
  readonly timeline: Pick<TimelineStore, "cache" | "readings">;
  readonly history: (request: HistoryRequest) => Promise<HistoryResponse>;
  /** A page has been cached and taken, in the newest versions known. */
  readonly cached?: (messages: readonly Message[]) => void;
}

/** Reads pages of conversations from the server into the cache. */
export class PageReader {
  readonly #context: PageReaderContext;

  constructor(context: PageReaderContext) {
    this.#context = context;
  }

  /** Asks for a page and caches it; `take` gets it as `TimelineStore.cache` has it. */
  async read(request: HistoryRequest, take: (page: HistoryResponse) => void): Promise<void> {
    const { timeline, history } = this.#context;
    const reading = timeline.readings.begin(request.conversationId);
    try {
      const answer = await history(request);
      const { messages, more } = answer;
      await timeline.cache(reading, messages, beginningOf(request, answer), (newest) => {
        take({ messages: [...newest], more });
        this.#context.cached?.(newest);
      });
    } finally {
      reading.end();
    }
  }
}

/** The first message of the conversation that this user may see, where the page tells it. */
export function beginningOf({ before }: Pick<HistoryRequest, "before">, page: HistoryResponse): Seq | undefined {
  return page.more.before ? undefined : (page.messages[0]?.seq ?? before);
}
