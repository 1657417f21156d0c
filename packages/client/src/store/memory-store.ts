import type { DeviceId, UserId } from "@im-webapp/protocol";
import { randomUuid } from "../platform/uuid.ts";
import type { AccountStore, LocalStore, StoredSession } from "./local-store.ts";
import type { MemoryAccountStore } from "./memory-account-store.ts";

/** A store that lives as long as this object: for bots and tests, and for browsers that deny storage. */
export class MemoryStore implements LocalStore {
  readonly kind = "memory";
  #deviceId: DeviceId | undefined;
  #session: StoredSession | null = null;
  readonly #accounts = new Map<UserId, MemoryAccountStore>();

  async deviceId(): Promise<DeviceId> {
    this.#deviceId ??= randomUuid();
    return this.#deviceId;
  }

  async loadSession(): Promise<StoredSession | null> {
    return this.#session;
  }

  async saveSession(session: StoredSession | null): Promise<void> {
    this.#session = session;
  }

  async openAccount(userId: UserId): Promise<AccountStore> {
    // Most pages have IndexedDB, and never load it.
    const { MemoryAccountStore } = await import("./memory-account-store.ts");
    const account = this.#accounts.get(userId) ?? new MemoryAccountStore();
    this.#accounts.set(userId, account);
    return account;
  }

  async removeAccount(userId: UserId): Promise<void> {
    this.#accounts.delete(userId);
  }

  async close(): Promise<void> {}
}
