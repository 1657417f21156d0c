import type { Me, UserId } from "@im-webapp/protocol";
import type { Accounts } from "../accounts/accounts.ts";
import type { Portraits } from "../portraits/portraits.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import type { ProfileChanges } from "./profile-changes.ts";

/** A user's own portrait: `PUT` and `DELETE /api/v1/me/avatar`. */
export class Avatar {
  readonly #portraits: Portraits;
  readonly #accounts: Pick<Accounts, "me">;
  readonly #profiles: Pick<ProfileChanges, "commit">;
  readonly #limit: CallLimit;

  constructor(
    portraits: Portraits,
    accounts: Pick<Accounts, "me">,
    profiles: Pick<ProfileChanges, "commit">,
    limit: CallLimit,
  ) {
    this.#portraits = portraits;
    this.#accounts = accounts;
    this.#profiles = profiles;
    this.#limit = limit;
  }

  /** @throws {ImError} as `Portraits.replace`; `RATE_LIMITED` */
  async set(userId: UserId, image: Uint8Array): Promise<Me> {
    await requireBudget(this.#limit, userId);
    await this.#portraits.replace(image, async (avatar) => {
      const before = await this.#accounts.me(userId);
      await this.#profiles.commit(userId, { avatar });
      return before.avatar;
    });
    return this.#accounts.me(userId);
  }

  async remove(userId: UserId): Promise<Me> {
    const before = await this.#accounts.me(userId);
    if (before.avatar === undefined) return before;
    await this.#profiles.commit(userId, { avatar: null });
    await this.#portraits.remove(before.avatar);
    return this.#accounts.me(userId);
  }
}
