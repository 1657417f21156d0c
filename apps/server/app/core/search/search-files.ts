import {
  type FileHit,
  type Message,
  type SearchFilesResponse,
  type UserId,
  findWords,
  searchFilesRequest,
  searchWords,
} from "@im-webapp/protocol";
import { requireBudget } from "../shared/limit.ts";
import { validate } from "../shared/validate.ts";
import { isFile } from "./file-name.ts";
import type { SearchReader } from "./ports.ts";
import type { SearchMessagesOptions } from "./search-messages.ts";

export interface SearchFilesOptions extends SearchMessagesOptions {
  readonly reader: Pick<SearchReader, "files">;
}

/** Finds files that were sent, by their names. */
export class SearchFiles {
  readonly #options: SearchFilesOptions;

  constructor(options: SearchFilesOptions) {
    this.#options = options;
  }

  /** @throws {ImError} `NOT_FOUND` for a conversation that the user never was in */
  async find(userId: UserId, payload: unknown): Promise<SearchFilesResponse> {
    const request = validate(searchFilesRequest, payload);
    await requireBudget(this.#options.limit, userId);
    const words = searchWords(request.query);
    const { kind } = request;
    return this.#options.hits.find(userId, { ...request, isFile: true }, (messages) =>
      this.#hitsOf(
        messages.filter(({ content }) => (kind ?? content.kind) === content.kind),
        words,
      ),
    );
  }

  async #hitsOf(messages: readonly Message[], words: readonly string[]): Promise<FileHit[]> {
    const sent = messages.flatMap((message) =>
      isFile(message.content) ? [{ message, content: message.content }] : [],
    );
    const files = await this.#options.reader.files(sent.map(({ content }) => content.fileId));
    return sent.flatMap(({ message, content }): FileHit[] => {
      const uploaded = files.get(content.fileId);
      // What its sender has called it is what those in the conversation know it by.
      const { name, mime } = content.kind === "file" ? content : (uploaded ?? {});
      const ranges = findWords(name ?? "", words);
      if (!ranges) return [];
      return [
        {
          message,
          file: { fileId: content.fileId, name, size: content.size, mime },
          ranges: ranges.map(([a, b]) => [a, b]),
        },
      ];
    });
  }
}
