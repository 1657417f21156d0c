import {
  type Conversation,
  type ConversationId,
  type Entry,
  type GroupPushEvent,
  PUSH_GAP_MS,
  type Seq,
  type UserId,
} from "@im-webapp/protocol";
import { ImError } from "../../../app/core/shared/errors.ts";
import type { Node } from "../world/node.ts";
import { Shelves } from "./shelf.ts";
import { Views } from "./views.ts";

/** Entries, conversations and messages of one page: few, so that much happens between two. */
const PAGE = 3;

/** One connection of a device to a node. */
interface Link {
  readonly node: Node;
  isOpen: boolean;
}

/** What came over a link that is gone. */
class Gone extends Error {
  override name = "Gone";
}

export type Push =
  | { readonly kind: "entries"; readonly entries: readonly Entry[] }
  | { readonly kind: "group"; readonly push: GroupPushEvent };

/** A device that does what the protocol asks of clients: written anew here, so that the server is held to the contract. */
export class Device {
  readonly name: string;
  readonly userId: UserId;
  /** The `seq` of the last entry stored; undefined before the first bootstrap. */
  cursor: Seq | undefined;
  views: Views;
  shelves = new Shelves();
  /** Every message that it was ever given, by whatever way: `conversation seq`. */
  readonly given = new Map<string, { conversationId: ConversationId; seq: Seq }>();
  #link: Link | undefined;
  #early: Entry[] = [];
  #gap: NodeJS.Timeout | undefined;
  /** Works one thing after the other, so that what it applies continues what it holds. */
  #turn: Promise<void> = Promise.resolve();
  readonly #fault: (text: string) => void;

  constructor(name: string, userId: UserId, fault: (text: string) => void) {
    this.name = name;
    this.userId = userId;
    this.views = new Views(userId);
    this.#fault = fault;
  }

  get node(): Node | undefined {
    return this.#link?.node;
  }

  /** Connects anew; what it lacks it pulls. */
  connect(node: Node): void {
    this.cut();
    const link: Link = { node, isOpen: true };
    this.#link = link;
    // Whatever the last link still waits for never comes.
    this.#turn = Promise.resolve();
    this.#later(link, () => this.#catchUp(link));
  }

  cut(): void {
    if (this.#link) this.#link.isOpen = false;
    this.#link = undefined;
    this.#early = [];
    clearTimeout(this.#gap);
  }

  /** Forgets all that it holds, as a new device. */
  wipe(): void {
    this.cut();
    this.cursor = undefined;
    this.views = new Views(this.userId);
    this.shelves = new Shelves();
  }

  /** A push arrives. */
  take(push: Push): void {
    const link = this.#link;
    if (!link) return;
    this.#later(link, () => (push.kind === "group" ? this.#takeGroup(link, push.push) : this.#takeEntries(link, push)));
  }

  async #takeEntries(link: Link, { entries }: { readonly entries: readonly Entry[] }): Promise<void> {
    for (const entry of entries) this.#noteEntry(entry);
    this.#early.push(...entries);
    await this.#applyEarly(link);
  }

  async #takeGroup(link: Link, push: GroupPushEvent): Promise<void> {
    for (const message of [...push.messages, ...push.changes]) this.#note(message);
    const lacks = this.shelves.of(push.conversationId).push(push);
    if (lacks.messages) await this.#readMessages(link, push.conversationId);
    if (lacks.changes) await this.#readChanges(link, push.conversationId);
  }

  /** Applies of what came early that which continues the cursor; a hole has its time to close by itself. */
  async #applyEarly(link: Link): Promise<void> {
    const early = this.#early.toSorted((a, b) => a.seq - b.seq);
    this.#early = [];
    for (const entry of early) {
      if (this.cursor === undefined || entry.seq <= this.cursor) continue;
      if (entry.seq === this.cursor + 1) await this.#apply(link, entry);
      else this.#early.push(entry);
    }
    clearTimeout(this.#gap);
    if (this.#early.length === 0) return;
    this.#gap = setTimeout(() => this.#later(link, () => this.#pullAll(link, false)), PUSH_GAP_MS);
  }

  async #catchUp(link: Link): Promise<void> {
    if (this.cursor === undefined) await this.#bootstrap(link);
    await this.#pullAll(link, true);
  }

  async #bootstrap(link: Link): Promise<void> {
    const conversations: Conversation[] = [];
    let page: string | undefined;
    let cursor: Seq = 0;
    do {
      const answer = await this.#ask(
        link,
        link.node.sync.bootstrap(this.userId, { limit: PAGE, ...(page !== undefined && { page }) }),
      );
      conversations.push(...answer.conversations);
      ({ page, cursor } = answer);
    } while (page !== undefined);
    for (const view of conversations) await this.#complete(link, view);
    // Last: a device that stops before this begins again.
    this.views.replace(conversations);
    this.cursor = cursor;
  }

  async #pullAll(link: Link, isFirst: boolean): Promise<void> {
    try {
      for (let first = isFirst, more = true; more; first = false) {
        const page = await this.#ask(
          link,
          link.node.sync.pull(this.userId, { cursor: this.cursor ?? 0, limit: PAGE }, first),
        );
        const answer = page.toJSON();
        if (answer.cursor > answer.head) this.#fault(`${this.name} pulled beyond the head`);
        for (const entry of answer.entries) await this.#apply(link, entry);
        for (const state of answer.groups ?? []) {
          // One that the entries to come announce is complete by then.
          if (!this.views.get(state.conversationId)) continue;
          this.views.settle(state);
          await this.#complete(link, state);
        }
        ({ more } = answer);
      }
      await this.#applyEarly(link);
    } catch (error) {
      if (!(error instanceof ImError) || error.code !== "CURSOR_EXPIRED") throw error;
      await this.#bootstrap(link);
      await this.#pullAll(link, isFirst);
    }
  }

  async #apply(link: Link, entry: Entry): Promise<void> {
    const expected = (this.cursor ?? 0) + 1;
    if (entry.seq < expected) return;
    if (entry.seq > expected) this.#fault(`${this.name} pulled ${entry.seq} where ${expected} comes`);
    this.#noteEntry(entry);
    if (entry.type === "message") {
      const shelf = this.shelves.of(entry.message.conversationId);
      // In a large group a mention is ahead of the messages before it.
      if (this.views.get(entry.message.conversationId)?.large === true) shelf.put(entry.message);
      else shelf.append(entry.message);
    }
    if (entry.type === "message:update") this.shelves.of(entry.message.conversationId).put(entry.message);
    if (entry.type === "conversation") await this.#complete(link, entry.conversation);
    this.views.apply(entry);
    this.cursor = entry.seq;
  }

  /** Reads what the conversation holds beyond the positions held. */
  async #complete(
    link: Link,
    {
      conversationId,
      lastSeq,
      changeSeq,
      left,
    }: Pick<Conversation, "conversationId" | "lastSeq" | "changeSeq" | "left">,
  ): Promise<void> {
    const shelf = this.shelves.of(conversationId);
    if (shelf.lastSeq < lastSeq) await this.#readMessages(link, conversationId);
    if (left !== true && shelf.changeSeq < changeSeq) await this.#readChanges(link, conversationId);
  }

  async #readMessages(link: Link, conversationId: ConversationId): Promise<void> {
    const shelf = this.shelves.of(conversationId);
    for (let more = true; more;) {
      const request = { conversationId, after: shelf.lastSeq, limit: PAGE };
      const answer = await this.#ask(link, link.node.pullHistory.run(this.userId, request));
      for (const message of answer.messages) {
        this.#note(message);
        shelf.append(message);
      }
      more = answer.more.after;
    }
  }

  async #readChanges(link: Link, conversationId: ConversationId): Promise<void> {
    const shelf = this.shelves.of(conversationId);
    for (let more = true; more;) {
      const request = { conversationId, after: shelf.changeSeq, limit: PAGE };
      const answer = await this.#ask(link, link.node.pullChanges.run(this.userId, request));
      for (const message of answer.messages) {
        this.#note(message);
        shelf.put(message);
      }
      shelf.changeSeq = answer.changeSeq;
      ({ more } = answer);
    }
  }

  #noteEntry(entry: Entry): void {
    if (entry.type === "message" || entry.type === "message:update") this.#note(entry.message);
    if (entry.type === "conversation" && entry.conversation.lastMessage) this.#note(entry.conversation.lastMessage);
  }

  #note({ conversationId, seq }: { conversationId: ConversationId; seq: Seq }): void {
    this.given.set(`${conversationId} ${seq}`, { conversationId, seq });
  }

  /** @throws {Gone} when the link is closed by the time of the answer */
  async #ask<T>(link: Link, answer: Promise<T>): Promise<T> {
    const given = await answer.catch((error: unknown) => {
      throw link.isOpen ? error : new Gone();
    });
    if (!link.isOpen) throw new Gone();
    return given;
  }

  #later(link: Link, work: () => Promise<void>): void {
    this.#turn = this.#turn
      .then(() => (link.isOpen ? work() : undefined))
      .catch((error: unknown) => {
        if (error instanceof Gone) return;
        const isForNow = error instanceof ImError && error.code === "UNAVAILABLE";
        if (!isForNow) this.#fault(`${this.name}: ${String(error)}`);
        // The next connection begins from what is stored.
        if (this.#link === link) this.cut();
      });
  }
}
