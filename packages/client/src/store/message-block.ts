import type { ConversationId, Message, Seq } from "@im-webapp/protocol";

/**
 * Places of a conversation that share a row of the cache. IndexedDB takes about as long for a row of sixteen messages
 * as for one; more would make too much of what is written again with each message that comes alone.
 */
const BLOCK_LENGTH = 16;

/** A row of the cache: what is cached of so many consecutive places of a conversation. */
export interface MessageBlock {
  readonly conversationId: ConversationId;
  /** The place of the first, in blocks. */
  readonly block: number;
  /** Ascending; never none. */
  readonly messages: readonly Message[];
}

/** The block in which the place `seq` lies. */
export function blockOf(seq: Seq): number {
  return Math.floor(seq / BLOCK_LENGTH);
}

/** So many blocks hold at least `messages` neighbours, wherever these begin. */
export function blocksFor(messages: number): number {
  return Math.ceil(messages / BLOCK_LENGTH) + 1;
}

/** Messages by the rows that they belong to. Of one message that comes in several versions, the highest. */
export function toBlocks(messages: readonly Message[]): MessageBlock[] {
  const blocks = new Map<string, { conversationId: ConversationId; block: number; bySeq: Map<Seq, Message> }>();
  for (const message of messages) {
    const { conversationId, seq } = message;
    const block = blockOf(seq);
    const key = `${block} ${conversationId}`;
    const row = blocks.get(key) ?? { conversationId, block, bySeq: new Map<Seq, Message>() };
    if (message.version > (row.bySeq.get(seq)?.version ?? 0)) row.bySeq.set(seq, message);
    blocks.set(key, row);
  }
  return [...blocks.values()].map(({ conversationId, block, bySeq }) => ({
    conversationId,
    block,
    messages: ascending([...bySeq.values()]),
  }));
}

/** What came of merging messages into a block. */
export interface Merged {
  /** The block with them; absent when nothing differs. */
  readonly block?: MessageBlock;
  readonly added: readonly Message[];
  /** Pairs of what was held and the newer version that took its place. */
  readonly replaced: readonly (readonly [before: Message, after: Message])[];
}

/** Puts those messages into a block that are newer versions than what it holds; of those that it lacks, `all` or none. */
export function mergeBlock(held: MessageBlock | undefined, given: MessageBlock, which: "all" | "held"): Merged {
  const bySeq = new Map((held?.messages ?? []).map((message) => [message.seq, message]));
  const added: Message[] = [];
  const replaced: [Message, Message][] = [];
  for (const message of given.messages) {
    const before = bySeq.get(message.seq);
    if (before === undefined && which === "all") added.push(message);
    else if (before !== undefined && message.version > before.version) replaced.push([before, message]);
    else continue;
    bySeq.set(message.seq, message);
  }
  if (added.length === 0 && replaced.length === 0) return { added, replaced };
  return { block: { ...given, messages: ascending([...bySeq.values()]) }, added, replaced };
}

function ascending(messages: readonly Message[]): Message[] {
  return messages.toSorted((a, b) => a.seq - b.seq);
}
