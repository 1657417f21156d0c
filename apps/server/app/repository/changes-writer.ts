import { isDeletedCopy } from "../core/messages/deleted-message.ts";
import type { Changes, ConversationState, EntryDraft } from "../core/timeline/model.ts";
import { writeInvitations } from "./invitation-row.ts";
import { writeAccount } from "./account-writer.ts";
import { GROUP_COLUMNS, groupValues } from "./group-row.ts";
import { writeFileUses } from "./file-uses.ts";
import { writeMarks } from "./marks-writer.ts";
import { MENTION_COLUMNS, mentionRows } from "./mention-rows.ts";
import { MESSAGE_COLUMNS, fromStored } from "./message-row.ts";
import { writeRelations } from "./relations-writer.ts";
import { SETTINGS_COLUMNS } from "./settings-row.ts";
import { type Sql, type Work, toJson } from "./sql.ts";

const CONVERSATION_COLUMNS = [
  "conversation_id",
  "type",
  "last_seq",
  "change_seq",
  "member_version",
  "group_version",
  "member_count",
  "large",
  "pins",
  "created_at",
];

const MEMBER_COLUMNS = [
  "conversation_id",
  "user_id",
  "peer_id",
  "role",
  "from_seq",
  "left_seq",
  "past_spans",
  "joined_at",
  "alias",
  "muted_until",
];

/** Writes all that a batch has changed, each table with multi-row statements. The rows are locked by then. */
export async function writeChanges(sql: Sql, changes: Changes, transaction: Work): Promise<void> {
  const at = sql.clock.toColumn(changes.at);
  const conversationValues = (row: ConversationState) => [
    row.conversationId,
    row.type,
    row.lastSeq,
    row.changeSeq,
    row.memberVersion,
    row.groupVersion,
    row.memberCount,
    row.large,
    toJson(row.pins),
    at,
  ];
  await sql.insert(
    "conversation",
    CONVERSATION_COLUMNS,
    changes.createdConversations.map(conversationValues),
    "refuse",
    transaction,
  );
  // The rows exist and are locked; an upsert is how one statement moves many counters.
  await sql.insert(
    "conversation",
    CONVERSATION_COLUMNS,
    changes.movedConversations.map(conversationValues),
    {
      key: ["conversation_id"],
      update: ["last_seq", "change_seq", "member_version", "group_version", "member_count", "large", "pins"],
    },
    transaction,
  );
  await sql.insert(
    "group",
    ["group_id", "conversation_id", "created_at", ...GROUP_COLUMNS, "updated_at"],
    changes.groups.map((group) => [group.groupId, group.conversationId, at, ...groupValues(group, sql.clock), at]),
    { key: ["group_id"], update: [...GROUP_COLUMNS, "updated_at"] },
    transaction,
  );
  await writeInvitations(sql, changes.invitations, transaction);
  for (const { userId, change } of changes.accounts) await writeAccount(sql, userId, change, at, transaction);
  await sql.insert(
    "member",
    MEMBER_COLUMNS,
    changes.members.map(({ conversationId, member }) => [
      conversationId,
      member.userId,
      member.peerId ?? null,
      member.role,
      member.fromSeq,
      member.leftSeq ?? null,
      member.pastSpans.length > 0 ? toJson(member.pastSpans) : null,
      sql.clock.toColumn(member.joinedAt),
      member.alias ?? null,
      member.mutedUntil === undefined ? null : sql.clock.toColumn(member.mutedUntil),
    ]),
    {
      key: ["conversation_id", "user_id"],
      update: ["role", "from_seq", "left_seq", "past_spans", "joined_at", "alias", "muted_until"],
    },
    transaction,
  );
  await sql.insert(
    "member",
    ["conversation_id", "user_id", "read_seq", "marked_unread", "joined_at"],
    changes.reads.map((read) => [read.conversationId, read.userId, read.readSeq, read.markedUnread ?? false, at]),
    { key: ["conversation_id", "user_id"], update: ["read_seq", "marked_unread"] },
    transaction,
  );
  await sql.insert(
    "member",
    ["conversation_id", "user_id", ...SETTINGS_COLUMNS, "joined_at"],
    changes.settings.map((settings) => [
      settings.conversationId,
      settings.userId,
      settings.pinned,
      settings.notify,
      settings.hiddenSeq ?? null,
      settings.version,
      settings.draft === "" ? null : settings.draft,
      settings.draftAt === 0 ? null : sql.clock.toColumn(settings.draftAt),
      at,
    ]),
    { key: ["conversation_id", "user_id"], update: SETTINGS_COLUMNS },
    transaction,
  );
  await sql.insert(
    "member",
    ["conversation_id", "user_id", "announcement_read_at", "joined_at"],
    changes.announcementsRead.map((read) => [read.conversationId, read.userId, sql.clock.toColumn(read.at), at]),
    { key: ["conversation_id", "user_id"], update: ["announcement_read_at"] },
    transaction,
  );
  await sql.insert(
    "message",
    MESSAGE_COLUMNS,
    changes.messages.map((stored) => fromStored(stored, sql.clock)),
    "refuse",
    transaction,
  );
  await sql.insert(
    "mention",
    MENTION_COLUMNS,
    changes.messages.flatMap(({ message }) => mentionRows(message)),
    "refuse",
    transaction,
  );
  for (const { message, changeSeq } of changes.changedMessages) {
    await sql.run(
      `UPDATE message SET content = :content, version = :version, mentions = :mentions, reply_to = :replyTo,
         reactions = :reactions, edited_at = :editedAt, recalled_at = :recalledAt, change_seq = :changeSeq
       WHERE conversation_id = :conversationId AND seq = :seq`,
      {
        conversationId: message.conversationId,
        seq: message.seq,
        content: JSON.stringify(message.content),
        version: message.version,
        mentions: toJson(message.mentions),
        replyTo: message.replyTo ?? null,
        reactions: toJson(message.reactions),
        editedAt: message.editedAt === undefined ? null : sql.clock.toColumn(message.editedAt),
        recalledAt: message.recalledAt === undefined ? null : sql.clock.toColumn(message.recalledAt),
        changeSeq,
      },
      transaction,
    );
  }
  await writeMarks(sql, changes, transaction);
  await writeFileUses(sql, changes, transaction);
  await writeRelations(sql, changes, transaction);
  await sql.insert(
    "push_history",
    ["user_id", "seq", "type", "conversation_id", "message_seq", "payload", "at"],
    changes.fanOuts.flatMap(({ draft, userIds, seqs }) => {
      const reference = entryReference(draft);
      return userIds.map((userId, index) => [userId, seqs[index] ?? 0, draft.type, ...reference, at]);
    }),
    "refuse",
    transaction,
  );
  await sql.insert(
    "timeline",
    ["user_id", "head"],
    [...changes.heads],
    { key: ["user_id"], update: ["head"] },
    transaction,
  );
}

/** What an entry refers to: `conversation_id`, `message_seq`, `payload`. */
function entryReference(draft: EntryDraft): [string | null, number | null, string | null] {
  switch (draft.type) {
    case "message":
    case "message:update":
      return [draft.message.conversationId, draft.message.seq, isDeletedCopy(draft.message) ? toJson({}) : null];
    case "read":
      return [draft.conversationId, null, toJson({ readSeq: draft.readSeq, unread: draft.unread })];
    case "receipt":
      return [draft.conversationId, null, toJson({ userId: draft.userId, readSeq: draft.readSeq })];
    case "conversation":
      return [draft.conversationId, null, null];
    case "user":
      return [null, null, toJson({ userId: draft.userId })];
    case "contact":
      return [null, null, toJson("contact" in draft ? { contact: draft.contact } : { application: draft.application })];
  }
}
