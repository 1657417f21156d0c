/** The program in the page: the library and nothing else, driven by the test through `Tab`. */
import { ImClient } from "@im-webapp/client";
import type { ConnectionStatus, StorageState } from "@im-webapp/client";
import { type Everything, readEverything, textOf } from "./everything.ts";

export interface Shown {
  readonly loaded: boolean;
  readonly username: string | undefined;
  readonly connection: ConnectionStatus;
  readonly storage: StorageState;
  readonly unreadTotal: number;
}

class Harness {
  readonly #client = new ImClient({ url: location.origin, deviceName: "a page" });
  readonly #started = this.#client.start();

  /** Signs in, unless a session of before has been resumed. */
  async signIn(credentials: { username: string; password: string }): Promise<void> {
    await this.#started;
    if (!this.#client.getState().me) await this.#client.login(credentials);
  }

  shown(): Shown {
    const { loaded, me, connection, storage, unreadTotal } = this.#client.getState();
    return { loaded, username: me?.username, connection: connection.status, storage, unreadTotal };
  }

  everything(): Promise<Everything> {
    return readEverything(this.#client);
  }

  /** Skips the wait before the next attempt to connect. */
  reconnectNow(): void {
    this.#client.reconnectNow();
  }

  /** Writes texts to a user, one after the other; `shown` of the page, if there is one, hears of each that is shown. */
  async write({ to, texts }: { to: string; texts: readonly string[] }): Promise<void> {
    const { shown } = globalThis as { shown?: (text: string) => Promise<void> };
    const conversationId = await this.#client.openDirect(to);
    for (const text of texts) {
      await this.#client.send({ conversationId, content: { kind: "text", text } });
      await shown?.(text);
    }
  }

  /** Sends a file of so many bytes, of which each part is told from the others, to a user. */
  async sendFile({ to, bytes }: { to: string; bytes: number }): Promise<void> {
    const conversationId = await this.#client.openDirect(to);
    await this.#client.sendFile({ conversationId, file: new Blob([bytesOf(bytes)]), name: "data.bin", as: "file" });
  }

  /** How much of the file that waits for a user has been sent, in bytes; undefined where none waits. */
  async uploaded(userId: string): Promise<number | undefined> {
    const id = await this.#client.openDirect(userId);
    const { conversations } = this.#client.getState();
    return conversations.find(({ conversationId }) => conversationId === id)?.lastOutgoing?.upload?.sentBytes;
  }

  /** Whether a file of the server is the one that `sendFile` has sent. */
  async isFile({ fileId, bytes }: { fileId: string; bytes: number }): Promise<boolean> {
    const read = new Uint8Array(await (await this.#client.files.read(fileId)).arrayBuffer());
    const sent = bytesOf(bytes);
    return read.length === sent.length && read.every((byte, index) => byte === sent[index]);
  }

  /** The texts that the conversation with a user shows, those that wait in brackets. */
  async texts(userId: string): Promise<string[]> {
    const id = await this.#client.openDirect(userId);
    const found = (await readEverything(this.#client)).conversations.find(
      ({ conversation }) => conversation.conversationId === id,
    );
    return [
      ...(found?.messages.map(({ content }) => textOf(content)) ?? []),
      ...(found?.waiting.map((text) => `[${text}]`) ?? []),
    ];
  }

  /** Reads the conversation with a user up to a message. */
  async markRead({ userId, seq }: { userId: string; seq: number }): Promise<void> {
    await this.#client.markRead(await this.#client.openDirect(userId), seq);
  }
}

function bytesOf(count: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(count / 4);
  for (let index = 0; index < words.length; index += 1) words[index] = Math.imul(index, 2_654_435_761);
  return new Uint8Array(words.buffer);
}

export type { Harness };

Object.assign(globalThis, { harness: new Harness() });
