import {
  type Group,
  type GroupChange,
  type GroupId,
  type UpdateGroupRequest,
  type UserId,
  updateGroupRequest,
} from "@im-webapp/protocol";
import { validate } from "../shared/validate.ts";
import type { Command, CommandSink } from "../timeline/command.ts";
import type { GroupState } from "../timeline/model.ts";
import { groupConversationId } from "../shared/ids.ts";
import { tellChange } from "./changes.ts";
import { enterGroup } from "./entering.ts";
import { type GroupReader, readGroup } from "./group-reader.ts";
import { type Permission, requirePermission } from "./permissions.ts";

/** What may be changed of a group at once. A picture is null to have none. */
type GroupUpdate = UpdateGroupRequest & { readonly avatar?: string | null };

/** What each part of an update needs. */
const NEEDS = {
  name: "rename",
  avatar: "setPicture",
  description: "setDescription",
  announcement: "announce",
  joinPolicy: "changeSettings",
  whoMayAdd: "changeSettings",
  historyVisible: "changeSettings",
  mutedAll: "muteAll",
} as const satisfies Record<keyof GroupUpdate, Permission>;

const KEYS = Object.keys(NEEDS) as (keyof GroupUpdate)[];

/** Those of them that each member's view of the conversation shows. */
const SHOWN: readonly (keyof GroupUpdate)[] = ["name", "avatar", "announcement", "mutedAll"];

/** `PATCH /api/v1/groups/:groupId` */
export class UpdateGroup {
  readonly #pipeline: CommandSink;
  readonly #reader: GroupReader;

  constructor(pipeline: CommandSink, reader: GroupReader) {
    this.#pipeline = pipeline;
    this.#reader = reader;
  }

  /** @throws {ImError} as `updateGroup` does */
  async run(actorId: UserId, groupId: GroupId, payload: unknown): Promise<Group> {
    await this.#pipeline.submit(updateGroup(groupId, validate(updateGroupRequest, payload), actorId));
    return readGroup(this.#reader, groupId);
  }
}

/**
 * Changes what is given and differs, and says so in one system message; what is left out stays as it is, so that two who
 * change different things at once both have their way.
 *
 * @returns the picture that the group has had until now, when this took it away or put another in its place
 * @throws {ImError} (from the command) `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left, `FORBIDDEN` when the
 * role does not suffice for a part of it; then nothing is changed
 */
export function updateGroup(groupId: GroupId, update: GroupUpdate, actorId: UserId): Command<string | undefined> {
  return {
    locks: [groupConversationId(groupId)],
    tellsMembers: true,
    decide(stage) {
      const { conversationId, group, actor } = enterGroup(stage, groupId, actorId);
      for (const key of KEYS) if (update[key] !== undefined) requirePermission(actor, NEEDS[key]);
      const { announcement, ...rest } = update;
      const wanted: GroupChange = {
        ...rest,
        ...(announcement !== undefined && {
          announcement: announcement === "" ? null : { text: announcement, by: actorId, at: stage.at },
        }),
      };
      const changed = differing(group, wanted);
      if (KEYS.every((key) => changed[key] === undefined)) return undefined;
      const { avatar, announcement: announced, ...plain } = { ...group, ...changed };
      stage.saveGroup({ ...plain, ...(avatar && { avatar }), ...(announced && { announcement: announced }) });
      tellChange(
        stage,
        conversationId,
        { kind: "system", event: "group.changed", by: actorId, changed },
        {
          all: SHOWN.some((key) => changed[key] !== undefined),
        },
      );
      return changed.avatar === undefined ? undefined : group.avatar;
    },
  };
}

/** Those parts of what is wanted that the group has not already. */
function differing(group: GroupState, wanted: GroupChange): GroupChange {
  return Object.fromEntries(
    KEYS.filter((key) => {
      if (wanted[key] === undefined) return false;
      if (key === "announcement") return wanted.announcement?.text !== group.announcement?.text;
      return (wanted[key] ?? undefined) !== group[key];
    }).map((key) => [key, wanted[key]]),
  );
}
