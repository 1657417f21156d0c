import {
  type Message,
  type SearchHit,
  type SearchMessagesResponse,
  type UserId,
  findWords,
  searchMessagesRequest,
  searchWords,
  searchableText,
} from "@im-webapp/protocol";
import { flatMapInSlices } from "../shared/flat-map-in-slices.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import { validate } from "../shared/validate.ts";
import type { NewestHits } from "./newest-hits.ts";

export interface SearchMessagesOptions {
  readonly hits: NewestHits;
  /** Searches of one user. */
  readonly limit: CallLimit;
}

/** Finds messages by what they say now. */
export class SearchMessages {
  readonly #options: SearchMessagesOptions;

  constructor(options: SearchMessagesOptions) {
    this.#options = options;
  }

  /** @throws {ImError} `NOT_FOUND` for a conversation that the user never was in */
  async find(userId: UserId, payload: unknown): Promise<SearchMessagesResponse> {
    const request = validate(searchMessagesRequest, payload);
    await requireBudget(this.#options.limit, userId);
    const words = searchWords(request.query);
    const { kind } = request;
    return this.#options.hits.find(userId, request, (messages) =>
      flatMapInSlices(
        messages.filter(({ content }) => content.kind !== "system" && (kind ?? content.kind) === content.kind),
        (message) => hitsOf(message, words),
      ),
    );
  }
}

/** The message as a hit, where it is one. */
function hitsOf(message: Message, words: readonly string[]): SearchHit[] {
  const ranges = findWords(searchableText(message.content), words);
  return ranges ? [{ message, ranges: ranges.map(([from, to]) => [from, to]) }] : [];
}
