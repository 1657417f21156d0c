import { ImClient } from "@im-webapp/client";
import type { ClientState, LocalStore } from "@im-webapp/client";
import { EPOCH, ME, conversationId, message, peer, record } from "./scene.ts";
import type { Extent } from "./scene.ts";

/** What the program needs of the platform that it runs on. */
export interface Platform {
  /** The store that the library would choose, opened apart from it. */
  readonly openStore: () => Promise<LocalStore>;
  /** What `ImClient` is given on this platform beside the address. */
  readonly options: () => Promise<Omit<ConstructorParameters<typeof ImClient>[0], "url" | "deviceName">>;
  /** The longest time for which nothing else could run since the last look, in milliseconds; 0: none worth a name. */
  readonly longestTask: () => Promise<number>;
}

export interface Opened {
  /** From `start` to the list being in the state. */
  readonly firstListMs: number;
  /** From `openConversation` to the last page being in the state, of each conversation opened. */
  readonly pageMs: readonly number[];
  readonly longestTaskMs: number;
}

export interface Folded {
  /** From being connected to all entries being stored and in the state. */
  readonly ms: number;
  readonly longestTaskMs: number;
  /** What the store says afterwards, opened anew. */
  readonly cursor: number | null;
  readonly messages: number;
}

/** Messages of a window's page, as the library has it. */
const PAGE = 50;

/** What is measured, within the program that uses the library. It reaches the library as any program does. */
export class MeasuredProgram {
  readonly #platform: Platform;
  #receiving: ImClient | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Holds the thread for so long and tells what is seen of it: a measure that sees nothing would please everybody. */
  async block({ ms }: { ms: number }): Promise<number> {
    await this.#platform.longestTask();
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        const end = performance.now() + ms;
        while (performance.now() < end);
        resolve();
      });
    });
    return this.#platform.longestTask();
  }

  /** Makes an account on this device, held and read entirely, that a session is stored for. */
  async fill({ conversations, messages }: Extent): Promise<void> {
    const store = await this.#platform.openStore();
    await store.saveSession({ token: "bench", expiresAt: Number.MAX_SAFE_INTEGER, me: ME });
    const account = await store.openAccount(ME.userId);
    const indexes = Array.from({ length: conversations }, (_, index) => index);
    await account.reset(EPOCH);
    await account.putConversations(
      EPOCH,
      indexes.map((index) => record(index, messages)),
    );
    await account.completeList(EPOCH, { cursor: 0, listed: new Set(indexes.map(conversationId)) });
    await account.putUsers(indexes.map(peer));
    for (const index of messages > 0 ? indexes : []) {
      await account.putMessages(
        conversationId(index),
        Array.from({ length: messages }, (_, held) => message(index, held + 1)),
      );
    }
    await account.close();
    await store.close();
  }

  /** Starts the library over the account, waits for the list, and opens some of its conversations one by one. */
  async open({ url, looked }: { url: string; looked: number }): Promise<Opened> {
    await this.#platform.longestTask();
    const client = await this.#client(url);
    const startedAt = performance.now();
    const started = client.start();
    await until(client, ({ loaded, conversations }) => loaded && conversations.length > 0);
    const firstListMs = performance.now() - startedAt;
    await started;
    const pageMs: number[] = [];
    const { conversations } = client.getState();
    const step = Math.max(1, Math.floor(conversations.length / looked));
    for (let index = 0; pageMs.length < looked && index < conversations.length; index += step) {
      const id = conversations[index]?.conversationId ?? "";
      const openedAt = performance.now();
      client.openConversation(id);
      await until(client, ({ windows }) => windows.get(id)?.messages.length === PAGE);
      pageMs.push(performance.now() - openedAt);
      client.closeConversation(id);
    }
    await client.close();
    return { firstListMs, pageMs, longestTaskMs: await this.#platform.longestTask() };
  }

  /** Lets the library catch up with what was written while it was away, one busy conversation being open. */
  async fold({ url }: { url: string }): Promise<Folded> {
    await this.#platform.longestTask();
    const client = await this.#client(url);
    client.openConversation(conversationId(0));
    const connected = until(client, ({ connection }) => connection.status === "syncing");
    await client.start();
    await connected;
    const startedAt = performance.now();
    await until(client, ({ connection }) => connection.status === "online");
    const ms = performance.now() - startedAt;
    const longestTaskMs = await this.#platform.longestTask();
    await client.close();
    return { ms, longestTaskMs, ...(await this.#stored()) };
  }

  /** Starts the library and leaves it running, to receive what is pushed. */
  async beginReceiving({ url }: { url: string }): Promise<void> {
    const client = await this.#client(url);
    this.#receiving = client;
    client.openConversation(conversationId(0));
    await client.start();
    await until(client, ({ connection }) => connection.status === "online");
    await this.#platform.longestTask();
  }

  /** Resolves with the longest task once so many messages in all have been stored and are in the state. */
  async received({ total }: { total: number }): Promise<number> {
    const client = this.#receiving;
    if (!client) throw new Error("Nothing is being received");
    await until(client, ({ unreadTotal }) => unreadTotal >= total);
    return this.#platform.longestTask();
  }

  async endReceiving(): Promise<void> {
    await this.#receiving?.close();
    this.#receiving = undefined;
  }

  async #client(url: string): Promise<ImClient> {
    return new ImClient({ url, deviceName: "bench", ...(await this.#platform.options()) });
  }

  async #stored(): Promise<Pick<Folded, "cursor" | "messages">> {
    const store = await this.#platform.openStore();
    const account = await store.openAccount(ME.userId);
    const { position } = await account.load();
    const messages = (await account.cached()).reduce((sum, counted) => sum + counted.messages, 0);
    await account.close();
    await store.close();
    return { cursor: position.cursor, messages };
  }
}

/** Longest wait for anything here, in milliseconds: far above the slowest, so that only what hangs fails. */
const PATIENCE_MS = 120_000;

/** Resolves in the moment in which the state is as wanted; rejects when it is not in time. */
function until(client: ImClient, isReached: (state: ClientState) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (!isReached(client.getState())) return;
      clearTimeout(timer);
      stop();
      resolve();
    };
    const stop = client.subscribe(look);
    const timer = setTimeout(() => {
      stop();
      const { connection, conversations, unreadTotal } = client.getState();
      reject(new Error(`Waited in vain: ${JSON.stringify({ connection, unreadTotal, list: conversations.length })}`));
    }, PATIENCE_MS);
    look();
  });
}
