import type { ConversationId, GroupId, JoinPolicy, UserId, WhoMayAdd } from "@im-webapp/protocol";
import type { GroupState } from "../core/timeline/model.ts";
import type { ColumnClock } from "../infra/database/column-clock.ts";
import type { Value } from "./statement.ts";

/** Selects a group `g` under names that no other table of a join has. */
export const GROUP_SELECT = `g.group_id AS g_group_id, g.conversation_id AS g_conversation_id, g.name AS g_name,
  g.avatar AS g_avatar, g.description AS g_description, g.announcement AS g_announcement,
  g.announced_by AS g_announced_by, g.announced_at AS g_announced_at, g.owner_id AS g_owner_id,
  g.join_policy AS g_join_policy, g.who_may_add AS g_who_may_add, g.history_visible AS g_history_visible,
  g.muted_all AS g_muted_all, g.dissolved_at AS g_dissolved_at`;

export interface GroupRow {
  g_group_id: GroupId;
  g_conversation_id: ConversationId;
  g_name: string;
  g_avatar: string | null;
  g_description: string;
  g_announcement: string | null;
  g_announced_by: UserId | null;
  g_announced_at: string | null;
  g_owner_id: UserId;
  g_join_policy: JoinPolicy;
  g_who_may_add: WhoMayAdd;
  g_history_visible: number;
  g_muted_all: number;
  g_dissolved_at: string | null;
}

export function toGroup(row: GroupRow, clock: ColumnClock): GroupState {
  const announcement = toAnnouncement(row, clock);
  return {
    groupId: row.g_group_id,
    conversationId: row.g_conversation_id,
    name: row.g_name,
    description: row.g_description,
    ownerId: row.g_owner_id,
    joinPolicy: row.g_join_policy,
    whoMayAdd: row.g_who_may_add,
    historyVisible: row.g_history_visible !== 0,
    mutedAll: row.g_muted_all !== 0,
    ...(row.g_avatar !== null && { avatar: row.g_avatar }),
    ...(announcement && { announcement }),
    ...(row.g_dissolved_at !== null && { dissolvedAt: clock.fromColumn(row.g_dissolved_at) }),
  };
}

/** What a group has announced. The three columns are set and emptied together. */
export function toAnnouncement(
  row: Pick<{ [K in keyof GroupRow]: GroupRow[K] | null }, "g_announcement" | "g_announced_by" | "g_announced_at">,
  clock: ColumnClock,
): GroupState["announcement"] {
  const { g_announcement: text, g_announced_by: by, g_announced_at: at } = row;
  return text === null || by === null || at === null ? undefined : { text, by, at: clock.fromColumn(at) };
}

/** What may change of a group. */
export const GROUP_COLUMNS = [
  "name",
  "avatar",
  "description",
  "announcement",
  "announced_by",
  "announced_at",
  "owner_id",
  "join_policy",
  "who_may_add",
  "history_visible",
  "muted_all",
  "dissolved_at",
];

/** The values of `GROUP_COLUMNS`. */
export function groupValues(group: GroupState, clock: ColumnClock): Value[] {
  const { announcement, dissolvedAt } = group;
  return [
    group.name,
    group.avatar ?? null,
    group.description,
    announcement?.text ?? null,
    announcement?.by ?? null,
    announcement ? clock.toColumn(announcement.at) : null,
    group.ownerId,
    group.joinPolicy,
    group.whoMayAdd,
    group.historyVisible,
    group.mutedAll,
    dissolvedAt === undefined ? null : clock.toColumn(dissolvedAt),
  ];
}
