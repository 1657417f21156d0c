import type { DeviceId, UserId } from "@im-webapp/protocol";
import { Dexie } from "dexie";
import type { DexieOptions, EntityTable } from "dexie";
import { randomUuid } from "../platform/uuid.ts";
import { IndexedDbAccountStore } from "./indexeddb-account-store.ts";
import { ACCOUNT_VERSIONS, DEVICE_VERSIONS } from "./indexeddb-schema.ts";
import type { AccountStore, LocalStore, StoredSession } from "./local-store.ts";
import { inTime, openDatabase } from "./open-database.ts";
import { storageFault } from "./storage-fault.ts";

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
  #device: DeviceDatabase;
  #closed = false;
  /** What the device's database holds, as far as it has been asked for: to be put back should it be wiped. */
  #known: { deviceId?: DeviceId; session?: StoredSession | null } = {};

  private constructor(name: string, options: DexieOptions, device: DeviceDatabase) {
    this.#name = name;
    this.#options = options;
    this.#device = device;
  }

  /** Opens the device's database. Rejects where IndexedDB is denied or broken. */
  static async open({ scope, indexedDB, IDBKeyRange }: IndexedDbOptions): Promise<IndexedDbStore> {
    const options: DexieOptions = { ...(indexedDB && { indexedDB }), ...(IDBKeyRange && { IDBKeyRange }) };
    const name = `im-webapp ${scope}`;
    const store = new IndexedDbStore(name, options, await openDevice(name, options));
    // Known from now on, so that it can be told when the database has been wiped.
    await store.deviceId();
    return store;
  }

  async deviceId(): Promise<DeviceId> {
    const id = await this.#onDevice((device) => deviceIdIn(device, randomUuid()));
    this.#known.deviceId = id;
    return id;
  }

  async loadSession(): Promise<StoredSession | null> {
    const held = await this.#onDevice((device) => device.values.get("session"));
    const session = (held?.value as StoredSession | undefined) ?? null;
    this.#known.session = session;
    return session;
  }

  async saveSession(session: StoredSession | null): Promise<void> {
    await this.#onDevice(async (device) => {
      if (session) await device.values.put({ key: "session", value: session });
      else await device.values.delete("session");
    });
    this.#known.session = session;
  }

  async openAccount(userId: UserId): Promise<AccountStore> {
    return new IndexedDbAccountStore(await openDatabase(this.#accountName(userId), this.#options, ACCOUNT_VERSIONS));
  }

  async removeAccount(userId: UserId): Promise<void> {
    const name = this.#accountName(userId);
    // A page that is frozen with the database open keeps it for now; it goes as soon as that page does.
    await inTime(new Dexie(name, this.#options).delete(), `${name} is not released`, () => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#device.close();
  }

  /** Does work on the device's database, which is opened again once if it was closed under our feet. */
  async #onDevice<T>(work: (device: DeviceDatabase) => PromiseLike<T>): Promise<T> {
    try {
      return await work(this.#device);
    } catch (error) {
      if (storageFault(error) !== "failed" || this.#closed) throw error;
      this.#device.close();
      this.#device = await openDevice(this.#name, this.#options);
      await this.#refill();
      return work(this.#device);
    }
  }

  /** A device without an id has been wiped: it is the same device all the same, with the same session. */
  async #refill(): Promise<void> {
    const { deviceId, session } = this.#known;
    if (deviceId === undefined || (await deviceIdIn(this.#device, deviceId)) !== deviceId) return;
    if (session && !(await this.#device.values.get("session")))
      await this.#device.values.put({ key: "session", value: session });
  }

  #accountName(userId: UserId): string {
    return `${this.#name} ${userId}`;
  }
}

async function openDevice(name: string, options: DexieOptions): Promise<DeviceDatabase> {
  return (await openDatabase(name, options, DEVICE_VERSIONS)) as DeviceDatabase;
}

/** The id in the database; `made`, and put there, where it has none. */
function deviceIdIn(device: DeviceDatabase, made: DeviceId): Promise<DeviceId> {
  return device.transaction("rw", device.values, async () => {
    const held = await device.values.get("deviceId");
    if (held) return held.value as DeviceId;
    await device.values.put({ key: "deviceId", value: made });
    return made;
  });
}
