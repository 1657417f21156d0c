import { MAX_PAGE_SIZE } from "@im-webapp/protocol";
import type { ConversationId, HistoryResponse, Seq } from "@im-webapp/protocol";
import { ImError, unavailable } from "../errors.ts";
import type { Call } from "../transport/link.ts";
import { isBehind } from "./conversation-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import type { ConversationReading } from "./fold-conversation.ts";
import type { TimelineStore } from "./timeline-store.ts";

/**
 * Most messages that are read to close a gap. Of a wider one only the newest page is read, which is what the list needs
 * at once; windows ask for the rest when somebody looks.
 */
const MAX_MISSED_MESSAGES = 500;

/** Messages of that newest page: what an opened window shows first. */
const NEWEST_PAGE = 50;

/**
 * Most changes that are read to close a gap. Beyond it, dropping what is cached of the conversation costs less than
 * bringing it up to date, and a window asks anew for what it shows.
 */
const MAX_MISSED_CHANGES = 2_000;

/** Codes that say that there is nothing to read here any more. */
const GONE: readonly string[] = ["NOT_FOUND", "NOT_MEMBER", "FORBIDDEN"] satisfies ImError["code"][];

export interface ConversationReaderContext {
  readonly timeline: TimelineStore;
  readonly call: Call;
}

/**
 * Reads from the conversation itself what is missing beyond the held, and stores it. Changes are read before messages
 * and count as held after them: a message that is read is as new as every change that was read, so none can be missed
 * between the two. Interrupted anywhere, what is held stays true and the rest is read the next time.
 *
 * @throws {ImError} whatever kept the server from answering, but for a conversation that is none of ours any more
 */
export async function readConversation(id: ConversationId, context: ConversationReaderContext): Promise<void> {
  const record = context.timeline.conversations.get(id);
  if (!record) return;
  try {
    await new ConversationReader(id, record, context).run();
  } catch (error) {
    if (!(error instanceof ImError) || !GONE.includes(error.code)) throw error;
    const { lastSeq, changeSeq } = record.conversation;
    await context.timeline.advance(id, () => ({ messages: [], changes: [], lastSeq, changeSeq }));
  }
}

class ConversationReader {
  readonly #id: ConversationId;
  /** As it was at the beginning. */
  readonly #record: ConversationRecord;
  readonly #context: ConversationReaderContext;

  constructor(id: ConversationId, record: ConversationRecord, context: ConversationReaderContext) {
    this.#id = id;
    this.#record = record;
    this.#context = context;
  }

  async run(): Promise<void> {
    const { held } = this.#record;
    const changes = await this.#readChanges();
    // Not known to be behind, it is read because something was lost, whatever that was.
    const isUncertain = !isBehind(this.#record);
    const hasNews = isUncertain || this.#known > held.lastSeq || changes.newestMessage > held.lastSeq;
    const lastSeq = hasNews ? await this.#readMessages() : held.lastSeq;
    await this.#store({ lastSeq, changeSeq: changes.changeSeq });
  }

  /** Brings what is cached up to date; gives how far that goes, and the newest message that it concerned. */
  async #readChanges(): Promise<{ changeSeq: Seq; newestMessage: Seq }> {
    const { held, conversation } = this.#record;
    const known = conversation.changeSeq;
    if (!held.large && known <= held.changeSeq) return { changeSeq: held.changeSeq, newestMessage: 0 };
    if (known - held.changeSeq > MAX_MISSED_CHANGES) {
      await this.#store({}, true);
      return { changeSeq: known, newestMessage: 0 };
    }
    let newestMessage = 0;
    for (let after = held.changeSeq; ;) {
      const request = { conversationId: this.#id, after, limit: MAX_PAGE_SIZE };
      const { messages, changeSeq, more } = await this.#context.call("history:changes", request);
      if (more && changeSeq <= after) throw unavailable("protocol", "A page that leads nowhere");
      newestMessage = messages.reduce((newest, { seq }) => Math.max(newest, seq), newestMessage);
      if (messages.length > 0) await this.#store({ changes: messages });
      after = changeSeq;
      if (!more) return { changeSeq, newestMessage };
    }
  }

  /** Reads what lies beyond the held, or the newest of it; gives how far that goes. */
  async #readMessages(): Promise<Seq> {
    const { held } = this.#record;
    let read = 0;
    for (let after = held.lastSeq; this.#known - after + read <= MAX_MISSED_MESSAGES;) {
      const known = this.#known;
      const { messages, more } = await this.#page({ after, limit: MAX_PAGE_SIZE });
      const last = messages.at(-1)?.seq ?? after;
      // What is known to exist by now and was not given is not this user's to see.
      if (!more.after) return Math.max(known, last);
      if (last <= after) throw unavailable("protocol", "A page that leads nowhere");
      after = last;
      read += messages.length;
    }
    return this.#skipToNewest();
  }

  async #skipToNewest(): Promise<Seq> {
    const known = this.#known;
    const { messages } = await this.#page({ limit: NEWEST_PAGE });
    // Own messages of other devices may be among those that were passed over, and sending is reading: told without
    // moving anything, for a position that is not beyond the present one changes nothing.
    const seq = this.#context.timeline.conversations.get(this.#id)?.conversation.readSeq ?? 0;
    const { readSeq } = await this.#context.call("read:mark", { conversationId: this.#id, seq });
    await this.#context.timeline.learn([{ conversationId: this.#id, lastSeq: known, changeSeq: 0, readSeq }]);
    return Math.max(known, messages.at(-1)?.seq ?? 0);
  }

  async #page(page: { after?: Seq; limit: number }): Promise<HistoryResponse> {
    const reading = this.#context.timeline.readings.begin(this.#id);
    try {
      const answer = await this.#context.call("history:pull", { conversationId: this.#id, ...page });
      const lastSeq = page.after === undefined ? 0 : (answer.messages.at(-1)?.seq ?? 0);
      await this.#context.timeline.advance(this.#id, () => ({
        messages: reading.newest(answer.messages),
        changes: [],
        lastSeq,
      }));
      return answer;
    } finally {
      reading.end();
    }
  }

  async #store(part: Partial<ConversationReading>, drop = false): Promise<void> {
    await this.#context.timeline.advance(this.#id, () => ({ messages: [], changes: [], ...part }), drop);
  }

  /** The newest message that the conversation is known to have, now. */
  get #known(): Seq {
    return this.#context.timeline.conversations.get(this.#id)?.conversation.lastSeq ?? 0;
  }
}
