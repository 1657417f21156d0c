import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { CDPSession, Page } from "playwright-core";
import { CHROMIUM_ARGUMENTS } from "../../tests/support/chromium.ts";
import { requireProgram } from "../../tests/support/programs.ts";
import type { Host } from "./host.ts";

/** Opens the measuring page at `url` in a browser of its own, with a profile that goes with it. */
export async function startChromium(url: string): Promise<Host & { readonly version: string }> {
  // On disk: what a browser keeps of a private window, and of a context of Playwright's, stays in memory.
  const profile = mkdtempSync(join(tmpdir(), "im-webapp-bench-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: requireProgram("chromium"),
    args: CHROMIUM_ARGUMENTS,
  });
  let page = await opened(await context.newPage(), url);
  let session: CDPSession = await context.newCDPSession(page);
  return {
    name: "chromium",
    version: context.browser()?.version() ?? "unknown",
    persistent: true,
    run: (action, ...[argument]) =>
      page.evaluate(
        ([name, given]) => {
          const { program } = globalThis as unknown as { program: Record<string, (given: unknown) => Promise<never>> };
          return program[name]?.(given) as Promise<never>;
        },
        [action, argument] as [string, unknown],
      ),
    restart: async () => {
      const next = await context.newPage();
      await page.close();
      page = await opened(next, url);
      session = await context.newCDPSession(page);
    },
    heapBytes: async () => {
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      return usedSize;
    },
    stop: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function opened(page: Page, url: string): Promise<Page> {
  await page.goto(url);
  await page.waitForFunction(() => "program" in globalThis);
  return page;
}
