import type { ConversationId, GroupId, Message, Seq, UserId } from "@im-webapp/protocol";
import { BundledTransaction } from "./bundled-transaction.ts";
import type { MessageKey } from "../core/timeline/command.ts";
import type { RelationSide, StoredApplication } from "../core/timeline/relations.ts";
import type {
  Changes,
  ConversationState,
  GroupState,
  MemberKey,
  MemberSettings,
  MemberState,
  MessagePlace,
  ReadPosition,
  StoredInvitation,
} from "../core/timeline/model.ts";
import type { TimelineStore, TimelineTransaction } from "../core/timeline/timeline-store.ts";
import type { Facts, WantedFacts } from "../core/timeline/facts.ts";
import { APPLICATION_SELECT, type ApplicationRow, toStoredApplication } from "./application-row.ts";
import { writeChanges } from "./changes-writer.ts";
import { CONVERSATION_SELECT, type ConversationRow, toConversation } from "./conversation-row.ts";
import { toStoreError } from "./errors.ts";
import { INVITATION_SELECT, type InvitationRow, toInvitation } from "./invitation-row.ts";
import { readFacts } from "./facts-reader.ts";
import { GROUP_SELECT, type GroupRow, toGroup } from "./group-row.ts";
import { MEMBER_SELECT, type MemberRow, toMember } from "./member-row.ts";
import { MESSAGE_SELECT, type MessageRow, toMessage } from "./message-row.ts";
import { RELATION_ROWS, type RelationRow, toRelationSides } from "./relation-row.ts";
import { SETTINGS_COLUMNS, type SettingsRow, toSettings } from "./settings-row.ts";
import type { Sql, Work } from "./sql.ts";

interface PositionRow {
  conversation_id: ConversationId;
  user_id: UserId;
  read_seq: Seq;
  marked_unread: number;
}

/** The write side of both stores, on SQL. */
export class SqlTimelineStore implements TimelineStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async commit<T>(work: (transaction: TimelineTransaction) => Promise<T>): Promise<T> {
    try {
      const { sequelize, dialect } = this.#sql.database;
      const run = (transaction: Work) => work(new SqlTimelineTransaction(this.#sql, transaction));
      return await (dialect === "mysql" ? BundledTransaction.run(sequelize, run) : sequelize.transaction(run));
    } catch (error) {
      throw toStoreError(error);
    }
  }

  async findByKeys(keys: readonly MessageKey[]): Promise<Message[]> {
    const rows = await this.#sql.select<MessageRow>(
      `SELECT ${MESSAGE_SELECT} FROM message m
       WHERE ${keys.map((_, i) => `(m.sender_id = :s${i} AND m.client_message_id = :c${i})`).join(" OR ")}`,
      Object.fromEntries(
        keys.flatMap(({ senderId, clientMessageId }, i) => [
          [`s${i}`, senderId],
          [`c${i}`, clientMessageId],
        ]),
      ),
    );
    return rows.map((row) => toMessage(row, this.#sql.clock));
  }
}

class SqlTimelineTransaction implements TimelineTransaction {
  readonly #sql: Sql;
  readonly #transaction: Work;

  constructor(sql: Sql, transaction: Work) {
    this.#sql = sql;
    this.#transaction = transaction;
  }

  async lockConversations(ids: readonly ConversationId[]): Promise<ConversationState[]> {
    const rows = await this.#sql.selectForUpdate<ConversationRow>(
      `SELECT ${CONVERSATION_SELECT} FROM conversation c
       WHERE c.conversation_id IN (:ids) ORDER BY c.conversation_id`,
      { ids },
      this.#transaction,
    );
    return rows.map(toConversation);
  }

  async members(conversationId: ConversationId): Promise<MemberState[]> {
    const rows = await this.#sql.select<MemberRow>(
      `SELECT ${MEMBER_SELECT} FROM member p WHERE p.conversation_id = :conversationId`,
      { conversationId },
      this.#transaction,
    );
    return rows.map((row) => toMember(row, this.#sql.clock));
  }

  async groups(groupIds: readonly GroupId[]): Promise<GroupState[]> {
    const rows = await this.#sql.select<GroupRow>(
      `SELECT ${GROUP_SELECT} FROM \`group\` g WHERE g.group_id IN (:groupIds)`,
      { groupIds },
      this.#transaction,
    );
    return rows.map((row) => toGroup(row, this.#sql.clock));
  }

  async messages(places: readonly MessagePlace[]): Promise<Message[]> {
    const rows = await this.#sql.select<MessageRow>(
      `SELECT ${MESSAGE_SELECT} FROM message m
       WHERE ${places.map((_, i) => `(m.conversation_id = :c${i} AND m.seq = :s${i})`).join(" OR ")}`,
      Object.fromEntries(
        places.flatMap(({ conversationId, seq }, i): [string, string | number][] => [
          [`c${i}`, conversationId],
          [`s${i}`, seq],
        ]),
      ),
      this.#transaction,
    );
    return rows.map((row) => toMessage(row, this.#sql.clock));
  }

  async invitations(tokens: readonly string[]): Promise<StoredInvitation[]> {
    const rows = await this.#sql.select<InvitationRow>(
      `SELECT ${INVITATION_SELECT} FROM invitation i WHERE i.token IN (:tokens)`,
      { tokens },
      this.#transaction,
    );
    return rows.map((row) => toInvitation(row, this.#sql.clock));
  }

  facts(wanted: Required<WantedFacts>): Promise<Facts> {
    return readFacts(this.#sql, wanted, this.#transaction);
  }

  async existingUsers(userIds: readonly UserId[]): Promise<UserId[]> {
    const rows = await this.#sql.select<{ user_id: UserId }>(
      "SELECT user_id FROM `user` WHERE user_id IN (:userIds) AND deleted_at IS NULL",
      { userIds },
      this.#transaction,
    );
    return rows.map((row) => row.user_id);
  }

  async readPositions(keys: readonly MemberKey[]): Promise<ReadPosition[]> {
    const rows = await this.#members<PositionRow>("read_seq, marked_unread", keys);
    return rows.map((row) => ({
      conversationId: row.conversation_id,
      userId: row.user_id,
      readSeq: row.read_seq,
      markedUnread: row.marked_unread !== 0,
    }));
  }

  async memberSettings(keys: readonly MemberKey[]): Promise<MemberSettings[]> {
    const rows = await this.#members<SettingsRow>(SETTINGS_COLUMNS.join(", "), keys);
    return rows.map((row) => toSettings(row, this.#sql.clock));
  }

  async lockTimelines(userIds: readonly UserId[]): Promise<Map<UserId, Seq>> {
    const rows = await this.#sql.selectForUpdate<{ user_id: UserId; head: Seq }>(
      "SELECT user_id, head FROM timeline WHERE user_id IN (:userIds) ORDER BY user_id",
      { userIds },
      this.#transaction,
    );
    return new Map(rows.map((row) => [row.user_id, row.head]));
  }

  async relationSides(pairs: readonly ConversationId[]): Promise<RelationSide[]> {
    const rows = await this.#sql.select<RelationRow>(RELATION_ROWS, { pairs }, this.#transaction);
    return toRelationSides(rows, this.#sql.clock);
  }

  async applications(applicationIds: readonly string[]): Promise<StoredApplication[]> {
    const rows = await this.#sql.select<ApplicationRow>(
      `SELECT ${APPLICATION_SELECT} FROM application a WHERE a.application_id IN (:applicationIds)`,
      { applicationIds },
      this.#transaction,
    );
    return rows.map((row) => toStoredApplication(row, this.#sql.clock));
  }

  write(changes: Changes): Promise<void> {
    return writeChanges(this.#sql, changes, this.#transaction);
  }

  /** Those of the members that exist, with these columns beside their key. */
  #members<R extends object>(columns: string, keys: readonly MemberKey[]): Promise<R[]> {
    const pairs = keys.map((_, i) => `(conversation_id = :c${i} AND user_id = :u${i})`).join(" OR ");
    return this.#sql.select<R>(
      `SELECT conversation_id, user_id, ${columns} FROM member WHERE ${pairs}`,
      Object.fromEntries(
        keys.flatMap(({ conversationId, userId }, i) => [
          [`c${i}`, conversationId],
          [`u${i}`, userId],
        ]),
      ),
      this.#transaction,
    );
  }
}
