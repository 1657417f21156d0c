import type { UserId } from "@im-webapp/protocol";
import type { OnlineRegistry } from "../../core/presence/ports.ts";

/** The registry of one process: there is no other node. */
export class MemoryRegistry implements OnlineRegistry {
  readonly #users = new Set<UserId>();

  change(arrived: readonly UserId[], left: readonly UserId[]): Promise<void> {
    for (const userId of left) this.#users.delete(userId);
    for (const userId of arrived) this.#users.add(userId);
    return Promise.resolve();
  }

  find(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    return Promise.resolve(new Set(userIds.filter((userId) => this.#users.has(userId))));
  }

  close(): Promise<void> {
    this.#users.clear();
    return Promise.resolve();
  }
}
