import { type GroupId, type UserId, readAnnouncementRequest } from "@im-webapp/protocol";
import { groupConversationId } from "../shared/ids.ts";
import { validate } from "../shared/validate.ts";
import type { CommandSink } from "../timeline/command.ts";
import { enterGroup } from "./entering.ts";

/** `PUT /api/v1/groups/:groupId/announcement/read`. */
export class ReadAnnouncement {
  readonly #pipeline: CommandSink;

  constructor(pipeline: CommandSink) {
    this.#pipeline = pipeline;
  }

  /**
   * Notes that a member has read what is announced, and tells their other devices. One that has been replaced meanwhile
   * is not the one to be read, so that a late call hides nothing new.
   *
   * @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left
   */
  async run(userId: UserId, groupId: GroupId, payload: unknown): Promise<Record<string, never>> {
    const { at } = validate(readAnnouncementRequest, payload);
    await this.#pipeline.submit<void>({
      locks: [groupConversationId(groupId)],
      decide(stage) {
        const { conversationId, group } = enterGroup(stage, groupId, userId);
        if (group.announcement?.at !== at) return;
        stage.readAnnouncement({ conversationId, userId, at });
        stage.fanOut({ type: "conversation", conversationId }, [userId]);
      },
    });
    return {};
  }
}
