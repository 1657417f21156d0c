import { type Me, type UserId, updateMeRequest } from "@im-webapp/protocol";
import { validate } from "../shared/validate.ts";
import type { Accounts } from "./accounts.ts";
import type { AccountStore } from "./ports.ts";

/** `PATCH /api/v1/me`: a user's own settings. */
export class UpdateMe {
  readonly #store: AccountStore;
  readonly #accounts: Accounts;
  readonly #presenceChanged: (userId: UserId) => void;

  /** `presenceChanged` hears whose presence is to be shown anew. */
  constructor(store: AccountStore, accounts: Accounts, presenceChanged: (userId: UserId) => void) {
    this.#store = store;
    this.#accounts = accounts;
    this.#presenceChanged = presenceChanged;
  }

  /** The account as it is afterwards. */
  async run(userId: UserId, payload: unknown): Promise<Me> {
    const { hidePresence } = validate(updateMeRequest, payload);
    if (hidePresence !== undefined) {
      await this.#store.setHidePresence(userId, hidePresence);
      this.#presenceChanged(userId);
    }
    return this.#accounts.me(userId);
  }
}
