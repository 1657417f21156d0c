import type { ConversationId, UserId } from "@im-webapp/protocol";
import type { Participation, ParticipationStore } from "../core/conversations/access.ts";
import { CONVERSATION_SELECT, type ConversationRow, toConversation } from "./conversation-row.ts";
import { MEMBER_SELECT, type MemberRow, toMember } from "./member-row.ts";
import type { Sql } from "./sql.ts";

/** Finds one user's participation in a conversation, on SQL. */
export class SqlParticipationStore implements ParticipationStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(conversationId: ConversationId, userId: UserId): Promise<Participation | undefined> {
    const [row] = await this.#sql.select<ConversationRow & MemberRow>(
      `SELECT ${CONVERSATION_SELECT}, ${MEMBER_SELECT}
       FROM member p JOIN conversation c ON c.conversation_id = p.conversation_id
       WHERE p.conversation_id = :conversationId AND p.user_id = :userId`,
      { conversationId, userId },
    );
    return row && { conversation: toConversation(row), member: toMember(row, this.#sql.clock) };
  }
}
