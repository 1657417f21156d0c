import {
  type Group,
  type GroupId,
  MAX_IDS_PER_CALL,
  type Message,
  type SystemContent,
  type UserId,
} from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import type { Command, CommandSink } from "../timeline/command.ts";
import type { MemberState } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";
import { tellAll } from "./changes.ts";
import { enterGroup } from "./entering.ts";
import { type GroupReader, readGroup } from "./group-reader.ts";
import { requirePermission } from "./permissions.ts";

/** Members that leave a large group with one commit. */
const PART = MAX_IDS_PER_CALL;

/**
 * The end of a group. Nothing can be sent any more from the first commit on. The members of a large group leave in parts,
 * each told in their own timeline; what a crash leaves undone is done at the next start.
 */
export class DissolveGroup {
  readonly #pipeline: CommandSink;
  readonly #reader: GroupReader;

  readonly #onFault: (error: unknown) => void;

  /** @param onFault hears of what keeps the members of a large group from leaving it */
  constructor(pipeline: CommandSink, reader: GroupReader, onFault: (error: unknown) => void) {
    this.#pipeline = pipeline;
    this.#reader = reader;
    this.#onFault = onFault;
  }

  /** @throws {ImError} as `dissolveGroup` does */
  async run(actorId: UserId, groupId: GroupId): Promise<Group> {
    await this.#pipeline.submit(dissolveGroup(groupId, actorId));
    this.#inBackground(() => this.#emptyGroup(groupId));
    return readGroup(this.#reader, groupId);
  }

  /** Goes on with what was left undone. */
  resume(): void {
    this.#inBackground(async () => {
      for (const groupId of await this.#reader.halfDissolved()) await this.#emptyGroup(groupId);
    });
  }

  /** A server that stops meanwhile leaves the rest to the next start, and need not be told. */
  #inBackground(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      if (!(error instanceof ImError && error.code === "UNAVAILABLE")) this.#onFault(error);
    });
  }

  async #emptyGroup(groupId: GroupId): Promise<void> {
    for (;;) {
      const { memberCount, conversationId } = await readGroup(this.#reader, groupId);
      if (memberCount === 0) return;
      const lastSeq = await this.#pipeline.submit(readLastSeq(conversationId));
      await this.#pipeline.submit(leaveDissolved(groupId, lastSeq));
    }
  }
}

/**
 * Ends a group: all its members have left it then, and read what was said up to here.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left and when it is dissolved
 * already, `FORBIDDEN` to all but the owner
 */
function dissolveGroup(groupId: GroupId, actorId: UserId): Command<void> {
  return {
    locks: [groupConversationId(groupId)],
    tellsMembers: true,
    decide(stage) {
      const { conversationId, conversation, group, actor, membership } = enterGroup(stage, groupId, actorId);
      requirePermission(actor, "dissolve");
      stage.saveGroup({ ...group, dissolvedAt: stage.at });
      const content: SystemContent = { kind: "system", event: "group.dissolved", by: actorId };
      if (conversation.large) {
        tellAll(stage, conversationId, content);
        return;
      }
      const everybody = membership.activeIds;
      stage.putMembers(conversationId, gone(stage, conversationId, everybody, conversation.lastSeq + 1));
      stage.fanOut({ type: "conversation", conversationId }, everybody);
      tellAll(stage, conversationId, content, everybody);
    },
  };
}

function readLastSeq(conversationId: string): Command<number> {
  return { locks: [conversationId], decide: (stage) => stage.conversation(conversationId)?.lastSeq ?? 0 };
}

/** Lets some members of a dissolved group leave it, and gives each the message that says why. */
function leaveDissolved(groupId: GroupId, lastSeq: number): Command<void> {
  const conversationId = groupConversationId(groupId);
  const place = { conversationId, seq: lastSeq };
  return {
    locks: [conversationId],
    messages: [place],
    decide(stage) {
      const message: Message | undefined = stage.message(place);
      if (!message) throw new ImError("NOT_FOUND", "there is no such message");
      const part = stage.membership(conversationId).activeIds.slice(0, PART);
      stage.putMembers(conversationId, gone(stage, conversationId, part, lastSeq));
      // Those who remain are told when their turn comes, also of no longer being in a large group.
      stage.fanOut({ type: "conversation", conversationId }, part);
      stage.fanOut({ type: "message", message }, part);
    },
  };
}

function gone(stage: Stage, conversationId: string, userIds: readonly UserId[], leftSeq: number): MemberState[] {
  const membership = stage.membership(conversationId);
  return userIds.flatMap((userId) => {
    const member = membership.get(userId);
    return member ? [{ ...member, leftSeq }] : [];
  });
}
