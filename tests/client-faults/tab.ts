import type { CDPSession, Page } from "@playwright/test";
import { PASSWORD, type Person } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import type { Everything } from "./everything.ts";
import type { Harness, Shown } from "./harness.ts";

type Action = keyof Harness;

/** A page with the library in it. */
export class Tab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Has the program in the page do something; arguments and results are plain data. */
  run<A extends Action>(action: A, ...[argument]: Parameters<Harness[A]>): Promise<Awaited<ReturnType<Harness[A]>>> {
    return this.page.evaluate(
      ([name, given]) => {
        const { harness } = globalThis as unknown as { harness: Record<string, (given: unknown) => Promise<never>> };
        return harness[name]?.(given) as Promise<never>;
      },
      [action, argument] as [string, unknown],
    );
  }

  async signIn({ username }: Person): Promise<void> {
    await this.run("signIn", { username, password: PASSWORD });
    await this.isOnline();
  }

  shown(): Promise<Shown> {
    return this.run("shown");
  }

  everything(): Promise<Everything> {
    return this.run("everything");
  }

  /** Waits until the page shows `wanted`, and gives how long that took in milliseconds. */
  async shows(wanted: Partial<Shown>, timeoutMs?: number): Promise<number> {
    const started = performance.now();
    const keys = Object.keys(wanted) as (keyof Shown)[];
    let seen: Shown | undefined;
    await waitFor(
      async () => {
        seen = await this.shown();
        return keys.every((key) => seen?.[key] === wanted[key]);
      },
      { what: `a page that shows ${JSON.stringify(wanted)}`, ...(timeoutMs !== undefined && { timeoutMs }) },
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; it shows ${JSON.stringify(seen)}`, { cause: error });
    });
    return performance.now() - started;
  }

  async isOnline(): Promise<void> {
    await this.shows({ connection: "online" });
  }

  /** Waits until the conversation with a user shows these texts, those that wait in brackets. */
  async showsTexts(userId: string, texts: readonly string[], timeoutMs?: number): Promise<void> {
    const wanted = JSON.stringify(texts);
    await waitFor(async () => JSON.stringify(await this.run("texts", userId)) === wanted, {
      what: `a conversation of ${wanted}`,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
  }

  /** Somebody looks at the page. */
  async focus(): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event("focus")));
  }

  devTools(): Promise<CDPSession> {
    return this.page.context().newCDPSession(this.page);
  }

  /** Kills the process that the page is in, as the system does when memory is short. */
  async kill(): Promise<void> {
    const devTools = await this.devTools();
    const crashed = this.page.waitForEvent("crash");
    // It is never answered.
    devTools.send("Page.crash").catch(() => undefined);
    await crashed;
  }
}
