import type { DeviceId, UserId } from "@im-webapp/protocol";
import { Dexie } from "dexie";
import type { DexieOptions, EntityTable } from "dexie";
import { randomUuid } from "../platform/uuid.ts";
import { IndexedDbAccountStore } from "./indexeddb-account-store.ts";
import { ACCOUNT_VERSIONS, DEVICE_VERSIONS } from "./indexeddb-schema.ts";
import type { Versions } from "./indexeddb-schema.ts";
import type { AccountStore, LocalStore, StoredSession } from "./local-store.ts";

/** The parts of the platform that the store needs, for programs that bring their own. */
export interface IndexedDbOptions {
  /** Keeps the data of one server apart from another's; its origin. */
  scope: string;
  /** Default: the platform's own. */
  indexedDB?: IDBFactory;
  /** Default: the platform's own; one belongs to one `indexedDB`. */
  IDBKeyRange?: typeof globalThis.IDBKeyRange;
}

type DeviceDatabase = Dexie & {
  values: EntityTable<{ key: string; value: unknown }, "key">;
};

/** Keeps everything in IndexedDB: one database for the device and one for each user. */
export class IndexedDbStore implements LocalStore {
  readonly kind = "persistent";
  readonly #name: string;
  readonly #options: DexieOptions;
  readonly #device: DeviceDatabase;

  private constructor(name: string, options: DexieOptions, device: DeviceDatabase) {
    this.#name = name;
    this.#options = options;
    this.#device = device;
  }

  /** Opens the device's database. Rejects where IndexedDB is denied or broken. */
  static async open({ scope, indexedDB, IDBKeyRange }: IndexedDbOptions): Promise<IndexedDbStore> {
    const options: DexieOptions = { ...(indexedDB && { indexedDB }), ...(IDBKeyRange && { IDBKeyRange }) };
    const name = `im-webapp ${scope}`;
    const device = (await openDatabase(name, options, DEVICE_VERSIONS)) as DeviceDatabase;
    return new IndexedDbStore(name, options, device);
  }

  async deviceId(): Promise<DeviceId> {
    return this.#device.transaction("rw", this.#device.values, async () => {
      const held = await this.#device.values.get("deviceId");
      if (held) return held.value as DeviceId;
      const value: DeviceId = randomUuid();
      await this.#device.values.put({ key: "deviceId", value });
      return value;
    });
  }

  async loadSession(): Promise<StoredSession | null> {
    const held = await this.#device.values.get("session");
    return (held?.value as StoredSession | undefined) ?? null;
  }

  async saveSession(session: StoredSession | null): Promise<void> {
    if (session) await this.#device.values.put({ key: "session", value: session });
    else await this.#device.values.delete("session");
  }

  async openAccount(userId: UserId): Promise<AccountStore> {
    return new IndexedDbAccountStore(await openDatabase(this.#accountName(userId), this.#options, ACCOUNT_VERSIONS));
  }

  async removeAccount(userId: UserId): Promise<void> {
    await new Dexie(this.#accountName(userId), this.#options).delete();
  }

  async close(): Promise<void> {
    this.#device.close();
  }

  #accountName(userId: UserId): string {
    return `${this.#name} ${userId}`;
  }
}

async function openDatabase(name: string, options: DexieOptions, versions: Versions): Promise<Dexie> {
  const db = new Dexie(name, options);
  versions.forEach(({ stores, upgrade }, index) => {
    const version = db.version(index + 1).stores(stores);
    if (upgrade) version.upgrade(upgrade);
  });
  db.on("versionchange", ({ newVersion }) => {
    // Another tab lays the database out anew: Dexie's own handler steps aside and opens it again when needed.
    if (newVersion !== null && newVersion > 0) return undefined;
    // Another tab erases it: opening it again would bring it back to life.
    db.close();
    return false;
  });
  return db.open();
}
