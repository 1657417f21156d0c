import type { ConversationId, NotifyLevel, Seq, UserId } from "@im-webapp/protocol";
import type { MemberSettings } from "../core/timeline/model.ts";
import type { ColumnClock } from "../infra/database/column-clock.ts";

/** The columns of `member` that say how a user keeps a conversation; what they have read is apart. */
export const SETTINGS_COLUMNS = ["pinned", "notify", "hidden_seq", "settings_version", "draft", "draft_at"];

export interface SettingsRow {
  conversation_id: ConversationId;
  user_id: UserId;
  pinned: number;
  notify: NotifyLevel;
  hidden_seq: Seq | null;
  settings_version: number;
  draft: string | null;
  draft_at: string | null;
}

export function toSettings(row: SettingsRow, clock: ColumnClock): MemberSettings {
  return {
    conversationId: row.conversation_id,
    userId: row.user_id,
    pinned: row.pinned !== 0,
    notify: row.notify,
    version: row.settings_version,
    draft: row.draft ?? "",
    draftAt: row.draft_at === null ? 0 : clock.fromColumn(row.draft_at),
    ...(row.hidden_seq !== null && { hiddenSeq: row.hidden_seq }),
  };
}
