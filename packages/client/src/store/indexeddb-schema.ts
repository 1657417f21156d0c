import type { ConversationId, Message } from "@im-webapp/protocol";
import { Dexie } from "dexie";
import type { Transaction } from "dexie";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import { toBlocks } from "./message-block.ts";
import type { MessageBlock } from "./message-block.ts";
import { changedBy, sizeOf } from "./message-size.ts";
import type { CacheDelta } from "./message-size.ts";

/** Messages that an upgrade holds in memory at once. */
const UPGRADED_AT_ONCE = 2_000;

/** One layout of a database. */
interface Layout {
  /** Tables that are new or have other keys than before. Syntax: Dexie's `stores`. */
  readonly stores: Readonly<Record<string, string | null>>;
  /** What has to become of the rows of the layout before. */
  readonly upgrade?: (transaction: Transaction) => Promise<unknown>;
}

/**
 * The layouts that a database has had, oldest first; a database's version is the number of layouts applied to it.
 * Append only: a layout that has been released is on people's devices.
 */
export type Versions = readonly Layout[];

/** What belongs to the device and not to a user. */
export const DEVICE_VERSIONS: Versions = [
  {
    // 1: { key: "deviceId", value } and { key: "session", value }
    stores: { values: "key" },
  },
];

/** One user's database. */
export const ACCOUNT_VERSIONS: Versions = [
  {
    // 1
    stores: {
      meta: "key",
      conversations: "conversation.conversationId",
      messages: "[conversationId+seq]",
      beginnings: "conversationId",
      outgoing: "++order, &clientMessageId",
      reads: "conversationId",
      users: "userId",
    },
  },
  {
    // 2: conversations know how much of them is held. Before, everything came by the timeline.
    stores: {},
    upgrade: (transaction) =>
      transaction
        .table<ConversationRecord>("conversations")
        .toCollection()
        .modify((record: { -readonly [K in keyof ConversationRecord]: ConversationRecord[K] }) => {
          const { lastSeq, changeSeq, large = false } = record.conversation;
          record.held = { lastSeq, changeSeq, large };
        }),
  },
  {
    // 3: what is cached of each conversation is counted, so that it can be bounded; and when it was last looked at.
    stores: { cached: "conversationId", opened: "conversationId" },
    upgrade: async (transaction) => {
      const counts = new Map<ConversationId, CacheDelta>();
      await transaction.table<Message>("messages").each((message) => {
        const { conversationId } = message;
        counts.set(conversationId, changedBy(counts.get(conversationId), { messages: 1, bytes: sizeOf(message) }));
      });
      const rows = [...counts].map(([conversationId, count]) => ({ conversationId, ...count }));
      await transaction.table("cached").bulkPut(rows);
    },
  },
  {
    // 4: { deltas }: changes of what is counted in `cached` that have not been added to it.
    stores: { cachedChanges: "++" },
  },
  {
    // 5: changes of messages on their way to the server, and drafts.
    stores: { changes: "++order, &id", drafts: "conversationId" },
  },
  {
    // 6: neighbouring messages share a row.
    stores: { messageBlocks: "[conversationId+block]" },
    upgrade: async (transaction) => {
      const blocks = transaction.table<MessageBlock>("messageBlocks");
      const old = transaction.table<Message>("messages");
      let begun: readonly Message[] = [];
      for (let offset = Dexie.minKey as unknown, more = true; more;) {
        const page = await old.where(":id").above(offset).limit(UPGRADED_AT_ONCE).toArray();
        more = page.length === UPGRADED_AT_ONCE;
        const rows = toBlocks([...begun, ...page]);
        // The last may go on in the next page.
        begun = (more ? rows.pop()?.messages : undefined) ?? [];
        await blocks.bulkPut(rows);
        const last = page.at(-1);
        if (last) offset = [last.conversationId, last.seq];
      }
    },
  },
  {
    // 7
    stores: { messages: null },
  },
  {
    // 8: contacts and applications.
    stores: { people: "key" },
  },
  {
    // 9: what messages that wait carry.
    stores: { files: "clientMessageId" },
  },
];
