import type { Message, UserId } from "@im-webapp/protocol";
import { type Participation, type ParticipationStore, visibleSpans } from "../conversations/access.ts";
import { isDeletedCopy } from "../messages/deleted-message.ts";
import { type MarkReader, type StarPlace, asSeenBy } from "../messages/mark-reader.ts";
import { type MessageStore, spansAfter } from "../messages/message-store.ts";

/** Messages, or what is kept of them, that are in memory at a time. */
const PAGE = 200;

export interface MessageExportOptions {
  readonly participations: ParticipationStore;
  readonly messages: MessageStore;
  readonly marks: MarkReader;
}

/** One record of an export. */
export type ExportRecord = Record<string, unknown>;

/** The part of an export that is about messages: page by page, however many there are. */
export class MessageExport {
  readonly #options: MessageExportOptions;

  constructor(options: MessageExportOptions) {
    this.#options = options;
  }

  /**
   * The messages of a conversation that the user may read, each followed by what it said before its edits. Of one that
   * the user has deleted for themself there is a `deletion`, with its place and nothing that it said.
   */
  async *conversation(userId: UserId, conversationId: string): AsyncGenerator<ExportRecord> {
    const { participations, messages, marks } = this.#options;
    const participation = await participations.find(conversationId, userId);
    if (!participation) return;
    const spans = visibleSpans(participation);
    let after = 0;
    for (;;) {
      const page = await messages.page(conversationId, spansAfter(spans, after), PAGE, "ascending");
      for (const message of await asSeenBy(userId, page, marks)) {
        if (isDeletedCopy(message)) {
          yield { type: "deletion", conversationId, seq: message.seq };
          continue;
        }
        yield { type: "message", ...message };
        if (showsEdits(message, userId, participation)) yield* this.#earlierTexts(message);
      }
      const last = page.at(-1);
      if (page.length < PAGE || !last) return;
      after = last.seq;
    }
  }

  /** Where the user's stars are, the last one first. */
  async *stars(userId: UserId): AsyncGenerator<ExportRecord> {
    let below: StarPlace | undefined;
    for (;;) {
      const page = await this.#options.marks.stars(userId, below, PAGE);
      for (const { starredAt, message } of page) {
        const { conversationId, seq } = message;
        yield { type: "star", conversationId, seq, starredAt };
        below = { conversationId, seq, starredAt };
      }
      if (page.length < PAGE) return;
    }
  }

  /** The newest first. */
  async *#earlierTexts({ conversationId, seq, version }: Message): AsyncGenerator<ExportRecord> {
    let below = version;
    for (;;) {
      const page = await this.#options.marks.earlierTexts({ conversationId, seq }, below, PAGE);
      for (const earlier of page) yield { type: "earlierText", ...earlier };
      const last = page.at(-1);
      if (page.length < PAGE || !last) return;
      below = last.version;
    }
  }
}

/** Whoever has left a conversation is shown the edits of their own messages only. */
function showsEdits({ editedAt, senderId }: Message, userId: UserId, { member }: Participation): boolean {
  return editedAt !== undefined && (senderId === userId || member.leftSeq === undefined);
}
