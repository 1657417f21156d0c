import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import { directConversationId } from "../../../app/core/shared/ids.ts";
import { SqlMessageStore } from "../../../app/repository/message-store.ts";
import type { Sql } from "../../../app/repository/sql.ts";
import type { Sending } from "../world/calls.ts";
import { keyName } from "../world/ledger.ts";
import { FANOUT_MAX_MEMBERS } from "../world/node.ts";
import { USERS } from "../steps.ts";

/** One message's audience. */
interface Audience {
  /** Those who may read it. */
  readonly readers: ReadonlySet<UserId>;
  /** Those who have it as an entry of their timeline. */
  readonly recipients: ReadonlySet<UserId>;
}

interface ConversationRow {
  readonly conversationId: ConversationId;
  readonly lastSeq: Seq;
  readonly changeSeq: Seq;
}

/** A conversation from its beginning to its end, as the database has it and as its own messages tell it. */
export interface Life extends ConversationRow {
  readonly messages: readonly Message[];
  /** The change that each message saw last, 0 for none; in the order of `messages`. */
  readonly changeSeqs: readonly Seq[];
  /** By `seq`. */
  readonly audiences: ReadonlyMap<Seq, Audience>;
  /** Who is in it in the end. */
  readonly active: ReadonlySet<UserId>;
  readonly ever: ReadonlySet<UserId>;
  /** The messages with which somebody came: `user seq`. */
  readonly joins: readonly { readonly userId: UserId; readonly seq: Seq }[];
  readonly readSeqs: ReadonlyMap<UserId, Seq>;
}

/**
 * Reads everything of every conversation.
 *
 * @param sendings say whom each message named: one that was recalled no longer does
 */
export async function readTruth(sql: Sql, sendings: readonly Sending[]): Promise<Map<ConversationId, Life>> {
  const mentions = new Map(sendings.map((sending) => [keyName(sending), sending.mentions]));
  const rows = await sql.select<ConversationRow>(
    `SELECT conversation_id AS conversationId, last_seq AS lastSeq, change_seq AS changeSeq FROM conversation`,
    {},
  );
  const lives = new Map<ConversationId, Life>();
  for (const row of rows) {
    const { conversationId } = row;
    const messages = await new SqlMessageStore(sql).messagesAfter(conversationId, 0, Number.MAX_SAFE_INTEGER);
    const changes = await sql.select<{ changeSeq: Seq }>(
      `SELECT change_seq AS changeSeq FROM message WHERE conversation_id = :conversationId ORDER BY seq`,
      { conversationId },
    );
    const members = await sql.select<{ userId: UserId; readSeq: Seq }>(
      `SELECT user_id AS userId, read_seq AS readSeq FROM member WHERE conversation_id = :conversationId`,
      { conversationId },
    );
    lives.set(conversationId, {
      ...row,
      messages,
      changeSeqs: changes.map(({ changeSeq }) => changeSeq),
      readSeqs: new Map(members.map(({ userId, readSeq }) => [userId, readSeq])),
      ...follow(conversationId, messages, mentions),
    });
  }
  return lives;
}

/** Who was in a conversation at each of its messages: every coming and going is one of them, and takes effect with it. */
function follow(
  conversationId: ConversationId,
  messages: readonly Message[],
  mentions: ReadonlyMap<string, readonly UserId[]>,
): Pick<Life, "audiences" | "active" | "ever" | "joins"> {
  let active: ReadonlySet<UserId> = pairOf(conversationId);
  const ever = new Set(active);
  const joins: { userId: UserId; seq: Seq }[] = [];
  const audiences = new Map<Seq, Audience>();
  for (const message of messages) {
    const { joined, left } = movementOf(message);
    for (const userId of joined) {
      ever.add(userId);
      joins.push({ userId, seq: message.seq });
    }
    const readers = new Set([...active, ...joined]);
    active = new Set([...readers].filter((userId) => !left.includes(userId)));
    const isLarge = active.size > FANOUT_MAX_MEMBERS;
    const named = (mentions.get(keyName(message)) ?? []).filter((userId) => active.has(userId));
    const recipients = isLarge ? new Set([...left, ...named]) : readers;
    audiences.set(message.seq, { readers, recipients });
  }
  return { audiences, active, ever, joins };
}

/** The two of a direct conversation; nobody for a group, which says itself who came first. */
function pairOf(conversationId: ConversationId): Set<UserId> {
  for (const a of USERS)
    for (const b of USERS) if (directConversationId(a, b) === conversationId) return new Set([a, b]);
  return new Set();
}

function movementOf({ content }: Message): { joined: readonly UserId[]; left: readonly UserId[] } {
  if (content.kind !== "system") return { joined: [], left: [] };
  switch (content.event) {
    case "group.created":
      return { joined: [content.by, ...content.userIds], left: [] };
    case "member.added":
      return { joined: content.userIds, left: [] };
    case "member.removed":
      return { joined: [], left: content.userIds };
    case "member.left":
      return { joined: [], left: [content.by] };
    default:
      return { joined: [], left: [] };
  }
}
