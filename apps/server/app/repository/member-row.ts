import type { ConversationId, Role, Seq, UserId } from "@im-webapp/protocol";
import type { MemberState, Span } from "../core/timeline/model.ts";
import type { ColumnClock } from "../infra/database/column-clock.ts";
import { type JsonText, fromJson } from "./sql.ts";

/** Selects a member `p` (participant) under names that no other table of a join has. */
export const MEMBER_SELECT = `p.conversation_id AS p_conversation_id, p.user_id AS p_user_id, p.peer_id AS p_peer_id,
  p.role AS p_role, p.from_seq AS p_from_seq, p.left_seq AS p_left_seq, p.past_spans AS p_past_spans,
  p.joined_at AS p_joined_at, p.alias AS p_alias, p.muted_until AS p_muted_until`;

export interface MemberRow {
  p_conversation_id: ConversationId;
  p_user_id: UserId;
  p_peer_id: UserId | null;
  p_role: Role;
  p_from_seq: Seq;
  p_left_seq: Seq | null;
  p_past_spans: JsonText<Span[]> | null;
  p_joined_at: string;
  p_alias: string | null;
  p_muted_until: string | null;
}

export function toMember(row: MemberRow, clock: ColumnClock): MemberState {
  return {
    userId: row.p_user_id,
    role: row.p_role,
    fromSeq: row.p_from_seq,
    pastSpans: row.p_past_spans === null ? [] : fromJson(row.p_past_spans),
    joinedAt: clock.fromColumn(row.p_joined_at),
    ...(row.p_peer_id !== null && { peerId: row.p_peer_id }),
    ...(row.p_left_seq !== null && { leftSeq: row.p_left_seq }),
    ...(row.p_alias !== null && { alias: row.p_alias }),
    ...(row.p_muted_until !== null && { mutedUntil: clock.fromColumn(row.p_muted_until) }),
  };
}
