import { type Me, type UpdateMePayload, type UserId, updateMeRequest } from "@im-webapp/protocol";
import type { Accounts } from "../accounts/accounts.ts";
import type { AccountStore } from "../accounts/ports.ts";
import { ImError } from "../shared/errors.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import { validate } from "../shared/validate.ts";
import type { AccountChange } from "../timeline/model.ts";
import type { ProfileChanges } from "./profile-changes.ts";

export interface UpdateMeOptions {
  store: Pick<AccountStore, "hasPhone">;
  accounts: Pick<Accounts, "me">;
  profiles: Pick<ProfileChanges, "commit">;
  /** Counts tries of phone numbers by user, since a refusal tells that somebody has the number. */
  phoneLimit: CallLimit;
  /** Hears whose presence is to be shown anew. */
  readonly presenceChanged: (userId: UserId) => void;
}

/** `PATCH /api/v1/me`: a user's own profile and settings. */
export class UpdateMe {
  readonly #options: UpdateMeOptions;

  constructor(options: UpdateMeOptions) {
    this.#options = options;
  }

  /**
   * The account as it is afterwards.
   *
   * @throws {ImError} `CONFLICT` with `details.fields` when the phone number is another's, `RATE_LIMITED` after too many
   * tries of one
   */
  async run(userId: UserId, payload: unknown): Promise<Me> {
    const { store, accounts, profiles, phoneLimit, presenceChanged } = this.#options;
    const wanted = validate(updateMeRequest, payload);
    const before = await accounts.me(userId);
    const change = differences(before, wanted);
    if (Object.keys(change).length === 0) return before;
    const phone = change.phone ?? undefined;
    if (phone !== undefined) {
      await requireBudget(phoneLimit, userId);
      if (await store.hasPhone(phone)) throw phoneTaken();
    }
    await profiles.commit(userId, change);
    if (change.hidePresence !== undefined) presenceChanged(userId);
    const after = await accounts.me(userId);
    if (phone !== undefined && after.phone !== phone) throw phoneTaken();
    return after;
  }
}

/** What of the wanted differs from what is: a repeat changes nothing, and nobody is told. */
function differences(me: Me, wanted: UpdateMePayload): AccountChange {
  const description = wanted.description === "" ? null : wanted.description;
  const all: { readonly [K in keyof AccountChange]-?: readonly [before: unknown, after: AccountChange[K]] } = {
    displayName: [me.displayName, wanted.displayName],
    avatar: [me.avatar, undefined],
    gender: [me.gender ?? null, wanted.gender],
    description: [me.description ?? null, description],
    phone: [me.phone ?? null, wanted.phone],
    hidePresence: [me.hidePresence ?? false, wanted.hidePresence],
    findableByPhone: [me.findableByPhone ?? true, wanted.findableByPhone],
    findableByName: [me.findableByName ?? true, wanted.findableByName],
  };
  const changed = Object.entries(all).filter(([, [before, after]]) => after !== undefined && after !== before);
  return Object.fromEntries(changed.map(([field, [, after]]) => [field, after]));
}

function phoneTaken(): ImError {
  return new ImError("CONFLICT", "phone: taken already", {
    details: { fields: [{ path: "phone", message: "taken already" }] },
  });
}
