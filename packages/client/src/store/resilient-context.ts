import type { AccountSnapshot, AccountStore } from "./local-store.ts";

/** What a store that goes on needs of the program. */
export interface ResilientContext {
  /** Opens the account's store again; null where it was erased on purpose, together with its session. */
  readonly reopen: () => Promise<AccountStore | null>;
  /** All that the program holds of the account, for a store that has lost it. */
  readonly held: () => AccountSnapshot;
  /** A store that had lost the account has it again. */
  readonly filled: () => void;
  /** `state` has changed. */
  readonly changed: () => void;
  readonly fault: (error: unknown) => void;
}

/** Something to be done with a store, once more where it failed. */
export type Work<T> = (store: AccountStore) => Promise<T>;
