import type { ConversationId, ConversationType } from "@im-webapp/protocol";
import { groupIdOf } from "../core/shared/ids.ts";
import type { ConversationState } from "../core/timeline/model.ts";
import { type JsonText, fromJson } from "./sql.ts";

export interface ConversationRow {
  conversation_id: ConversationId;
  type: ConversationType;
  last_seq: number;
  change_seq: number;
  member_version: number;
  group_version: number;
  member_count: number;
  large: number;
  pins: JsonText<NonNullable<ConversationState["pins"]>> | null;
}

/** Selects a conversation `c`. */
export const CONVERSATION_SELECT =
  "c.conversation_id, c.type, c.last_seq, c.change_seq, c.member_version, c.group_version, c.member_count, c.large, c.pins";

export function toConversation(row: ConversationRow): ConversationState {
  return {
    conversationId: row.conversation_id,
    type: row.type,
    lastSeq: row.last_seq,
    changeSeq: row.change_seq,
    memberVersion: row.member_version,
    groupVersion: row.group_version,
    memberCount: row.member_count,
    large: row.large !== 0,
    ...(row.pins !== null && { pins: fromJson(row.pins) }),
    ...(row.type === "group" && { groupId: groupIdOf(row.conversation_id) }),
  };
}
