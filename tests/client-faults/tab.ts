import type { BrowserContext, Page } from "@playwright/test";
import type { Message } from "@im-webapp/protocol";
import { PASSWORD, type Person } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import type { Harness, Shown } from "./page.ts";
import { PAGE_ORIGIN } from "./site.ts";

/** Known in the page only. */
declare const harness: Harness;

/** Until the library has recovered, in milliseconds: its longest ordinary pause, on a busy machine. */
const RECOVERY_MS = 30_000;

/** A tab with a client in it. */
export class Tab {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page, which resumes the session stored in this browser; `prepare` comes before the page. */
  static async open(
    context: BrowserContext,
    serverUrl: string,
    prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<Tab> {
    const tab = new Tab(await context.newPage());
    await prepare(tab.page);
    await tab.page.goto(`${PAGE_ORIGIN}/?server=${encodeURIComponent(serverUrl)}`);
    await tab.loaded();
    return tab;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.loaded();
  }

  async loaded(): Promise<void> {
    await this.page.waitForFunction(() => "harness" in globalThis && harness.shown().loaded);
  }

  /** Signs somebody in on this device, and waits until it is complete. */
  async signIn({ username }: Person): Promise<void> {
    await this.page.evaluate(
      async ([name, password]) => {
        await harness.client.login({ username: name, password });
      },
      [username, PASSWORD] as const,
    );
    await this.online();
  }

  shown(): Promise<Shown> {
    return this.page.evaluate(() => harness.shown());
  }

  /** Waits until everything has been received. A wait before the next attempt is skipped. */
  async online(): Promise<void> {
    const looked = async () => {
      await this.page.evaluate(() => harness.client.reconnectNow());
      return (await this.shown()).status === "online";
    };
    await waitFor(looked, { timeoutMs: RECOVERY_MS, what: "being online" });
  }

  async is(status: string): Promise<void> {
    await waitFor(async () => (await this.shown()).status === status, { timeoutMs: RECOVERY_MS, what: status });
  }

  /** Writes messages, one after the other, each stored before the next. */
  async say(conversationId: string, texts: readonly string[]): Promise<void> {
    await this.page.evaluate(
      async ([id, all]) => {
        for (const text of all) await harness.client.send({ conversationId: id, content: { kind: "text", text } });
      },
      [conversationId, texts] as const,
    );
  }

  /** Begins to write messages and does not wait. */
  async startSaying(conversationId: string, texts: readonly string[]): Promise<void> {
    await this.page.evaluate(
      ([id, all]) => {
        for (const text of all) {
          harness.client.send({ conversationId: id, content: { kind: "text", text } }).catch(() => undefined);
        }
      },
      [conversationId, texts] as const,
    );
  }

  async read(conversationId: string, seq: number): Promise<void> {
    await this.page.evaluate(([id, to]) => harness.client.markRead(id, to), [conversationId, seq] as const);
  }

  async openConversation(conversationId: string): Promise<void> {
    await this.page.evaluate((id) => harness.client.openConversation(id), conversationId);
  }

  /** The texts that wait to be sent in a conversation that is open. */
  waiting(conversationId: string): Promise<string[]> {
    return this.page.evaluate(
      (id) =>
        harness.windowOf(id)?.outgoing.flatMap(({ content }) => (content.kind === "text" ? [content.text] : [])) ?? [],
      conversationId,
    );
  }

  /** The whole of a conversation as its window shows it, scrolled to the beginning. */
  messages(conversationId: string): Promise<readonly Message[]> {
    return this.page.evaluate(async (id) => {
      const { client, windowOf } = harness;
      if (!windowOf(id)) client.openConversation(id);
      const full = () => windowOf(id)?.loading === "none" && windowOf(id)?.more.after === false;
      while (!full()) await new Promise((resolve) => setTimeout(resolve, 20));
      while (windowOf(id)?.more.before && !windowOf(id)?.error) await client.loadBefore(id);
      return windowOf(id)?.messages ?? [];
    }, conversationId);
  }
}
