import type { Group, GroupId, UserId } from "@im-webapp/protocol";
import type { Portraits } from "../portraits/portraits.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import type { CommandSink } from "../timeline/command.ts";
import { type GroupReader, readGroup } from "./group-reader.ts";
import { updateGroup } from "./update-group.ts";

/** A group's picture: `PUT` and `DELETE /api/v1/groups/:groupId/avatar`. */
export class GroupPicture {
  readonly #portraits: Portraits;
  readonly #pipeline: CommandSink;
  readonly #reader: GroupReader;
  readonly #limit: CallLimit;

  constructor(portraits: Portraits, pipeline: CommandSink, reader: GroupReader, limit: CallLimit) {
    this.#portraits = portraits;
    this.#pipeline = pipeline;
    this.#reader = reader;
    this.#limit = limit;
  }

  /** @throws {ImError} as `Portraits.replace` and `updateGroup`; `RATE_LIMITED` */
  async set(actorId: UserId, groupId: GroupId, image: Uint8Array): Promise<Group> {
    await requireBudget(this.#limit, actorId);
    await this.#portraits.replace(image, (avatar) => this.#commit(actorId, groupId, avatar));
    return readGroup(this.#reader, groupId);
  }

  /**
   * Takes the picture away, so that a mosaic of the members stands for it.
   *
   * @throws {ImError} as `updateGroup`
   */
  async remove(actorId: UserId, groupId: GroupId): Promise<Group> {
    await this.#portraits.remove(await this.#commit(actorId, groupId, null));
    return readGroup(this.#reader, groupId);
  }

  #commit(actorId: UserId, groupId: GroupId, avatar: string | null): Promise<string | undefined> {
    return this.#pipeline.submit(updateGroup(groupId, { avatar }, actorId));
  }
}
