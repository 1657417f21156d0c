import {
  type Announcement,
  type Conversation,
  type ConversationId,
  type ConversationType,
  type LargeGroupState,
  MAX_STARS,
  type Message,
  type NotifyLevel,
  type Role,
  type Seq,
  type UserId,
} from "@im-webapp/protocol";
import { isVisible } from "../core/conversations/access.ts";
import { isHidden } from "../core/conversations/settings.ts";
import type { ConversationReader } from "../core/conversations/conversation-reader.ts";
import { deletedCopy } from "../core/messages/deleted-message.ts";
import { groupIdOf } from "../core/shared/ids.ts";
import type { Span } from "../core/timeline/model.ts";
import { toAnnouncement } from "./group-row.ts";
import { MESSAGE_SELECT, type MessageRow, toMessage } from "./message-row.ts";
import { unreadMentions } from "./mention-rows.ts";
import { type JsonText, type Sql, fromJson } from "./sql.ts";

type AnnouncementRow = Pick<ViewRow, "announcement_read_at" | "g_announcement" | "g_announced_by" | "g_announced_at">;

interface ViewRow extends Omit<MessageRow, "m_seq"> {
  m_seq: number | null;
  conversation_id: ConversationId;
  type: ConversationType;
  last_seq: number;
  change_seq: number;
  member_count: number;
  large: number;
  peer_id: UserId | null;
  left_seq: number | null;
  from_seq: number;
  read_seq: number;
  pinned: number;
  notify: NotifyLevel;
  hidden_seq: number | null;
  marked_unread: number;
  settings_version: number;
  draft: string | null;
  draft_at: string | null;
  title: string | null;
  member_version: number;
  role: Role;
  muted_until: string | null;
  announcement_read_at: string | null;
  avatar: string | null;
  muted_all: number | null;
  dissolved_at: string | null;
  g_announcement: string | null;
  g_announced_by: UserId | null;
  g_announced_at: string | null;
  pins: JsonText<NonNullable<Conversation["pins"]>> | null;
  past_spans: JsonText<Span[]> | null;
  /** The last message's, when the user has deleted it for themself. */
  deleted_seq: Seq | null;
}

/** One query for a list of conversations: the member's own row leads, the rest joins by primary key. */
const VIEW = `SELECT c.conversation_id, c.type, c.last_seq, c.change_seq, c.member_count, c.large,
    c.member_version, p.peer_id, p.left_seq, p.from_seq, p.read_seq, p.pinned, p.notify, p.hidden_seq, p.marked_unread, p.settings_version, p.draft,
    p.draft_at, p.past_spans, c.pins, x.seq AS deleted_seq, COALESCE(g.name, u.display_name) AS title,
    p.role, p.muted_until, p.announcement_read_at, g.avatar, g.muted_all, g.dissolved_at,
    g.announcement AS g_announcement, g.announced_by AS g_announced_by, g.announced_at AS g_announced_at,
    ${MESSAGE_SELECT}
  FROM member p
  JOIN conversation c ON c.conversation_id = p.conversation_id
  LEFT JOIN \`group\` g ON g.conversation_id = c.conversation_id
  LEFT JOIN \`user\` u ON u.user_id = p.peer_id
  LEFT JOIN message m ON m.conversation_id = c.conversation_id AND m.seq = COALESCE(p.left_seq, c.last_seq)
    AND m.seq > p.from_seq
  LEFT JOIN deletion x ON x.user_id = p.user_id AND x.conversation_id = m.conversation_id AND x.seq = m.seq
  WHERE p.user_id = :userId`;

/** Conversations as one user sees them, on SQL. */
export class SqlConversationReader implements ConversationReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async views(userId: UserId, ids: readonly ConversationId[]): Promise<Map<ConversationId, Conversation>> {
    const rows = await this.#sql.select<ViewRow>(`${VIEW} AND p.conversation_id IN (:ids)`, { userId, ids });
    return new Map((await this.#toViews(userId, rows)).map((view) => [view.conversationId, view]));
  }

  async list(userId: UserId, after: ConversationId, limit: number): Promise<Conversation[]> {
    const rows = await this.#sql.select<ViewRow>(
      `${VIEW} AND p.conversation_id > :after ORDER BY p.conversation_id LIMIT :limit`,
      { userId, after, limit },
    );
    return this.#toViews(userId, rows);
  }

  async largeStates(userId: UserId): Promise<LargeGroupState[]> {
    const rows = await this.#sql.select<{
      conversation_id: ConversationId;
      last_seq: Seq;
      change_seq: Seq;
      read_seq: Seq;
      name: string | null;
      avatar: string | null;
      muted_all: number | null;
      announcement_read_at: string | null;
      g_announcement: string | null;
      g_announced_by: UserId | null;
      g_announced_at: string | null;
    }>(
      `SELECT c.conversation_id, c.last_seq, c.change_seq, p.read_seq, g.name, g.avatar, g.muted_all,
         p.announcement_read_at, g.announcement AS g_announcement, g.announced_by AS g_announced_by,
         g.announced_at AS g_announced_at
       FROM member p JOIN conversation c ON c.conversation_id = p.conversation_id
       LEFT JOIN \`group\` g ON g.conversation_id = c.conversation_id
       WHERE p.user_id = :userId AND p.left_seq IS NULL AND c.large = TRUE`,
      { userId },
    );
    const unread = rows.filter((row) => row.last_seq > row.read_seq).map((row) => row.conversation_id);
    const mentions = await unreadMentions(this.#sql, userId, unread);
    return rows.map((row) => {
      const mentionSeqs = mentions.get(row.conversation_id);
      return {
        conversationId: row.conversation_id,
        lastSeq: row.last_seq,
        changeSeq: row.change_seq,
        readSeq: row.read_seq,
        ...(mentionSeqs && { mentionSeqs }),
        ...(row.name !== null && {
          shown: {
            title: row.name,
            avatar: row.avatar,
            announcement: this.#unread(row, userId) ?? null,
            mutedAll: row.muted_all === 1,
          },
        }),
      };
    });
  }

  async #toViews(userId: UserId, rows: readonly ViewRow[]): Promise<Conversation[]> {
    const unread = rows.filter((row) => (row.left_seq ?? row.last_seq) > row.read_seq);
    const mentions = await unreadMentions(
      this.#sql,
      userId,
      unread.map((row) => row.conversation_id),
    );
    const stars = await this.#stars(userId, rows);
    return rows.map((row) => {
      const mentionSeqs = mentions.get(row.conversation_id);
      return { ...this.#toView(row, stars, userId), ...(mentionSeqs && { mentioned: true, mentionSeqs }) };
    });
  }

  /** The user's stars in these conversations, the newest messages first; a part of them where there are very many. */
  async #stars(userId: UserId, rows: readonly ViewRow[]): Promise<ReadonlyMap<ConversationId, Seq[]>> {
    const stars = new Map<ConversationId, Seq[]>();
    if (rows.length === 0) return stars;
    const found = await this.#sql.select<{ conversation_id: ConversationId; seq: Seq }>(
      `SELECT conversation_id, seq FROM star WHERE user_id = :userId AND conversation_id IN (:ids)
       ORDER BY seq DESC LIMIT :limit`,
      { userId, ids: rows.map((row) => row.conversation_id), limit: MAX_STARS },
    );
    for (const { conversation_id, seq } of found) {
      const seqs = stars.get(conversation_id);
      if (seqs) seqs.push(seq);
      else stars.set(conversation_id, [seq]);
    }
    return stars;
  }

  #toView(row: ViewRow, stars: ReadonlyMap<ConversationId, Seq[]>, userId: UserId): Conversation {
    const lastSeq = row.left_seq ?? row.last_seq;
    return {
      conversationId: row.conversation_id,
      type: row.type,
      lastSeq,
      changeSeq: row.change_seq,
      readSeq: row.read_seq,
      unread: Math.max(0, lastSeq - row.read_seq),
      pinned: row.pinned !== 0,
      muted: row.notify !== 0,
      hidden: isHidden({ lastSeq, notify: row.notify, ...(row.hidden_seq !== null && { hiddenSeq: row.hidden_seq }) }),
      ...(row.notify !== 0 && { notify: row.notify }),
      ...(row.hidden_seq !== null && { hiddenSeq: row.hidden_seq }),
      ...(row.marked_unread !== 0 && { markedUnread: true }),
      ...(row.settings_version !== 0 && { settingsVersion: row.settings_version }),
      ...(row.peer_id !== null && { peerId: row.peer_id }),
      ...(row.type === "group" && this.#groupView(row, userId)),
      // One who left reads it no other way than before, and hears of no later crossing.
      ...(row.large !== 0 && row.left_seq === null && { large: true }),
      ...(row.title !== null && { title: row.title }),
      ...(row.draft !== null && { draft: row.draft }),
      ...(row.draft_at !== null && { draftAt: this.#sql.clock.fromColumn(row.draft_at) }),
      ...(row.left_seq !== null && { left: true }),
      ...(hasMessage(row) && { lastMessage: this.#lastMessage(row) }),
      // One who left hears of no later change.
      ...(row.pins !== null && row.left_seq === null && { pins: visiblePins(fromJson(row.pins), row) }),
      ...(stars.has(row.conversation_id) && { stars: stars.get(row.conversation_id) }),
    };
  }

  /** What a group conversation has besides. */
  #groupView(row: ViewRow, userId: UserId): Partial<Conversation> {
    const groupId = groupIdOf(row.conversation_id);
    const shown = {
      groupId,
      ...(row.avatar !== null && { avatar: row.avatar }),
      ...(row.dissolved_at !== null && { dissolved: true }),
    };
    if (row.left_seq !== null) return shown;
    const { clock } = this.#sql;
    const announcement = this.#unread(row, userId);
    return {
      ...shown,
      role: row.role,
      ...(row.muted_until !== null && { mutedUntil: clock.fromColumn(row.muted_until) }),
      ...(row.muted_all === 1 && { mutedAll: true }),
      ...(announcement && { announcement }),
      ...(row.announcement_read_at !== null && { announcementReadAt: clock.fromColumn(row.announcement_read_at) }),
      // A large group's member hears of no later change: a number would be stale on one device and fresh on another.
      ...(row.large === 0 && { memberCount: row.member_count, memberVersion: row.member_version }),
    };
  }

  /** What is announced and this user has not read, nor written. */
  #unread(row: AnnouncementRow, userId: UserId): Announcement | undefined {
    const { clock } = this.#sql;
    const announcement = toAnnouncement(row, clock);
    if (!announcement || announcement.by === userId) return undefined;
    const readAt = row.announcement_read_at === null ? 0 : clock.fromColumn(row.announcement_read_at);
    return announcement.at > readAt ? announcement : undefined;
  }

  #lastMessage(row: ViewRow & MessageRow): Message {
    const message = toMessage(row, this.#sql.clock);
    return row.deleted_seq === null ? message : deletedCopy(message);
  }
}

/** Those of the pins that the member may read. */
function visiblePins({ at, seqs }: NonNullable<Conversation["pins"]>, row: ViewRow): NonNullable<Conversation["pins"]> {
  const past = row.past_spans === null ? [] : fromJson(row.past_spans);
  return { at, seqs: seqs.filter((seq) => seq > row.from_seq || isVisible(past, seq)) };
}

function hasMessage(row: ViewRow): row is ViewRow & MessageRow {
  return row.m_seq !== null;
}
