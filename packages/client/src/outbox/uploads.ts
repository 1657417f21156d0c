import type { WireError } from "@im-webapp/protocol";
import { Latest } from "../async/latest.ts";
import type { TaskGroup } from "../async/task-group.ts";
import type { StorageQuota } from "../cache/bounds.ts";
import { ImError, notSignedIn, toImError, unavailable } from "../errors.ts";
import type { AccountStore, OutgoingRecord } from "../store/local-store.ts";
import type { Api } from "../transport/api.ts";
import type { SendFileInput, SendInput } from "../types.ts";
import type { Outbox } from "./outbox.ts";
import type { RetryPauses } from "./retry-pauses.ts";
import type { Server } from "./transfer.ts";
import {
  begunAgain,
  begunUrls,
  isUploading,
  newFileMessage,
  withFileId,
  withPaused,
  withProgress,
  withUrl,
} from "./upload-record.ts";

/** Messages whose files are uploaded side by side: one large file must not hold up all others, nor many each other. */
const MAX_AT_ONCE = 2;

/** Time between two notes of how much was sent, in milliseconds: each is stored, and told to the other tabs. */
const PROGRESS_EVERY_MS = 500;

export interface UploadsContext {
  readonly store: Pick<AccountStore, "file">;
  readonly outbox: Pick<Outbox, "records" | "add" | "revise">;
  readonly api: Pick<Api, "send" | "origin" | "token">;
  readonly tasks: TaskGroup;
  /** What the device grants to the store, in bytes; undefined where it does not say. */
  readonly quota: () => Promise<StorageQuota | undefined>;
  // What is loaded first anyway is handed over: each way to it would be a file of its own for pages to load.
  readonly newOutgoing: (input: SendInput) => OutgoingRecord;
  readonly newPauses: (over: () => void) => RetryPauses;
}

/**
 * Files of this device on their way to the server, for messages that wait for them in the outbox. How far each has come
 * is in its message, so that a restart of the program or of the server goes on from there; what the server no longer has
 * begins again. Only the program that is told to be connected uploads: of several tabs, the one that leads.
 */
export class Uploads {
  readonly #context: UploadsContext;
  readonly #underWay = new Map<string, AbortController>();
  readonly #pauses: RetryPauses;
  /** Files that were sent in this run, for a store that had no room for them. */
  readonly #fresh = new Map<string, readonly Blob[]>();
  readonly #adding = new Set<string>();
  /** Uploads that are not whole, by message. */
  readonly #begun = new Map<string, readonly string[]>();
  /** Refusals that have been looked into. */
  readonly #known = new WeakSet<WireError>();
  #isConnected = false;

  constructor(context: UploadsContext) {
    this.#context = context;
    this.#pauses = context.newPauses(() => this.#pump());
  }

  /** The outbox has changed, or the connection. */
  async look(isConnected: boolean): Promise<void> {
    if (isConnected && !this.#isConnected) this.#pauses.restart();
    if (!isConnected) this.#pauses.end();
    this.#isConnected = isConnected;
    this.#pump();
  }

  /** As `ImClient.sendFile`, in the conversation as it is by now. */
  async send(input: SendFileInput): Promise<string> {
    const { record, files } = newFileMessage(input, this.#context.newOutgoing);
    const { clientMessageId } = record;
    this.#adding.add(clientMessageId);
    this.#fresh.set(clientMessageId, files);
    try {
      await this.#context.outbox.add(record, (await this.#hasRoom(record)) ? files : undefined);
    } catch (error) {
      this.#fresh.delete(clientMessageId);
      throw toImError(error);
    } finally {
      this.#adding.delete(clientMessageId);
    }
    return clientMessageId;
  }

  /** Tried without, Chromium would be above its quota for a while, in which it refuses everything else as well. */
  async #hasRoom({ upload }: OutgoingRecord): Promise<boolean> {
    const granted = await this.#context.quota();
    return !granted || !upload || upload.totalBytes <= granted.quota - granted.usage;
  }

  async pause(clientMessageId: string, paused: boolean): Promise<void> {
    await this.#context.outbox.revise(clientMessageId, (record) => withPaused(record, paused));
  }

  /** One of the files of a message that waits; undefined where it is not, or no longer, on this device. */
  async local(clientMessageId: string, index = 0): Promise<Blob | undefined> {
    const stored = await this.#context.store.file(clientMessageId, index);
    return stored ?? this.#fresh.get(clientMessageId)?.[index];
  }

  #pump(): void {
    const { records } = this.#context.outbox;
    const held = new Map(records.map((record) => [record.clientMessageId, record]));
    for (const [id, ending] of this.#underWay) {
      const record = held.get(id);
      if (!this.#isConnected || !record || !isUploading(record)) ending.abort();
    }
    for (const id of this.#fresh.keys()) if (!held.has(id) && !this.#adding.has(id)) this.#fresh.delete(id);
    this.#abandonLost(held);
    if (!this.#isConnected) return;
    for (const record of records) {
      const id = record.clientMessageId;
      this.#lookInto(record);
      if (this.#underWay.size >= MAX_AT_ONCE || this.#underWay.has(id) || this.#pauses.has(id)) continue;
      if (isUploading(record)) this.#begin(id);
    }
  }

  #begin(id: string): void {
    const ending = new AbortController();
    this.#underWay.set(id, ending);
    this.#context.tasks.run(async () => {
      try {
        await this.#upload(id, ending.signal);
      } catch (error) {
        if (!ending.signal.aborted) await this.#refused(id, toImError(error));
      } finally {
        this.#underWay.delete(id);
      }
      this.#pump();
    });
  }

  /** Uploads what is left of a message's files, one after the other. */
  async #upload(id: string, signal: AbortSignal): Promise<void> {
    const { outbox } = this.#context;
    for (;;) {
      const record = outbox.records.find(({ clientMessageId }) => clientMessageId === id);
      const index = record?.parts?.findIndex(({ fileId }) => fileId === undefined) ?? -1;
      if (!record || index === -1 || signal.aborted) return;
      const fileId = await this.#put(record, index, signal);
      this.#pauses.succeeded(id);
      await outbox.revise(id, (held) => withFileId(held, index, fileId));
    }
  }

  async #put({ clientMessageId, parts }: OutgoingRecord, index: number, signal: AbortSignal): Promise<string> {
    const { outbox, tasks } = this.#context;
    const { name = "", url } = parts?.[index] ?? {};
    // The answer to the last piece may have been lost, and the upload, which is then no more, with it.
    if (url !== undefined && (await this.#isThere(fileIdOf(url)))) return fileIdOf(url);
    const file = await this.local(clientMessageId, index);
    if (!file) throw new ImError({ code: "NOT_FOUND", message: "The file is no longer on this device" });
    const { transfer } = await loadTransfer();
    const progress = new Latest(PROGRESS_EVERY_MS, (bytes: number) =>
      tasks.run(() => outbox.revise(clientMessageId, (held) => withProgress(held, index, bytes))),
    );
    const done = await transfer({
      ...this.#server(),
      file,
      name,
      url,
      signal,
      begun: (path) => tasks.run(() => outbox.revise(clientMessageId, (held) => withUrl(held, index, path))),
      progress: (bytes) => progress.set(bytes),
    }).finally(() => progress.end());
    // Should the server not have got to it when the last piece came, it takes the file now.
    await this.#context.api.send({ method: "GET", path: `/files/${fileIdOf(done)}/info` });
    return fileIdOf(done);
  }

  async #refused(id: string, error: ImError): Promise<void> {
    // Without a session it waits for the next one; the end of this one is about to be heard of.
    if (error.retryable || error.code === "UNAUTHENTICATED") {
      if (this.#isConnected) this.#pauses.begin(id, error);
    } else await this.#context.outbox.revise(id, (held) => ({ ...held, error: error.toWire() }));
  }

  /** Whether the server has a file, wholly. */
  async #isThere(fileId: string): Promise<boolean> {
    try {
      await this.#context.api.send({ method: "GET", path: `/files/${fileId}/info` });
      return true;
    } catch (error) {
      const { code } = toImError(error);
      if (code === "CONFLICT" || code === "NOT_FOUND") return false;
      throw error;
    }
  }

  /** A message may be refused because the server has removed its file, which nothing carried for a day. */
  #lookInto(record: OutgoingRecord): void {
    const { clientMessageId, content, error, upload, parts } = record;
    if (error?.code !== "NOT_FOUND" || !upload || parts || !("fileId" in content) || this.#known.has(error)) return;
    this.#known.add(error);
    this.#context.tasks.run(async () => {
      // Where that cannot be found out, the user may send it again.
      if (await this.#isThere(content.fileId).catch(() => true)) return;
      const files = [await this.local(clientMessageId), await this.local(clientMessageId, 1)];
      const kept = files.filter((file) => file !== undefined);
      if (kept.length > 0) await this.#context.outbox.revise(clientMessageId, (held) => begunAgain(held, kept));
    });
  }

  /** Removes from the server what messages have left behind that were taken back. */
  #abandonLost(held: ReadonlyMap<string, OutgoingRecord>): void {
    for (const [id, urls] of this.#begun) {
      if (held.has(id)) continue;
      this.#begun.delete(id);
      if (!this.#isConnected) continue;
      this.#context.tasks.run(async () => {
        const loaded = await loadTransfer().catch(() => undefined);
        for (const url of loaded ? urls : []) await loaded?.abandon(url, this.#server());
      });
    }
    for (const [id, record] of held) {
      const urls = begunUrls(record);
      if (urls.length > 0) this.#begun.set(id, urls);
      else this.#begun.delete(id);
    }
  }

  #server(): Server {
    const { origin, token } = this.#context.api;
    if (token === undefined) throw notSignedIn();
    return { origin, token };
  }
}

/** The making of uploads, and the package for it: not needed to show what waits. */
function loadTransfer() {
  return import("./transfer.ts").catch(() => {
    throw unavailable("network", "Code could not be loaded");
  });
}

function fileIdOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
