import type { UserId } from "@im-webapp/protocol";
import type { Command, CommandSink } from "../timeline/command.ts";
import type { AccountChange } from "../timeline/model.ts";

/**
 * Most users who are told of one change of a profile: it must not fill a batch. Others see it when they next ask for
 * the user, as everybody does on opening their card.
 */
export const MAX_TOLD = 2_000;

/** Finds those who keep a user's name and portrait at hand. */
export interface Acquaintances {
  /** Up to `limit` users who have a direct conversation with the user or are their contacts, newest first. */
  of(userId: UserId, limit: number): Promise<UserId[]>;
}

/** What others see. The rest of a change is for the user's own devices alone. */
const PUBLIC: readonly (keyof AccountChange)[] = ["displayName", "avatar", "gender", "description"];

/** Writes changes of accounts, and tells of them those whom they concern, in one commit. */
export class ProfileChanges {
  readonly #pipeline: CommandSink;
  readonly #acquaintances: Acquaintances;

  constructor(pipeline: CommandSink, acquaintances: Acquaintances) {
    this.#pipeline = pipeline;
    this.#acquaintances = acquaintances;
  }

  /**
   * Commits a change with an entry for the user's own devices and, if others can see it, for their acquaintances. A
   * change whose phone number became another's meanwhile is not written; whoever makes one has to look.
   */
  async commit(userId: UserId, change: AccountChange): Promise<void> {
    const isPublic = PUBLIC.some((field) => change[field] !== undefined);
    const told = isPublic ? await this.#acquaintances.of(userId, MAX_TOLD) : [];
    await this.#pipeline.submit(changeAccount(userId, change, [...new Set([userId, ...told])]));
    if (!isPublic) return;
    // Whoever began to talk with the user during the commit may have seen the profile as it was before.
    const late = (await this.#acquaintances.of(userId, MAX_TOLD)).filter((other) => !told.includes(other));
    if (late.length > 0) await this.#pipeline.submit(changeAccount(userId, {}, late));
  }
}

function changeAccount(userId: UserId, change: AccountChange, told: readonly UserId[]): Command<void> {
  return {
    locks: [],
    lane: `account ${userId}`,
    decide(stage) {
      if (Object.keys(change).length > 0) stage.changeAccount(userId, change);
      stage.fanOut({ type: "user", userId }, told);
    },
  };
}
