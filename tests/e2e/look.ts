import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

/** Keeps a picture of the page under this name, where somebody asked for pictures: LOOK=folder. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.LOOK;
  if (folder === undefined) return;
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
}

/** Expects that nothing on the page keeps people out; the test goes on to its next page all the same. */
export async function keepsNobodyOut(page: Page, name?: string): Promise<void> {
  expect(page.frames(), "what a frame holds is not looked at").toHaveLength(1);
  const { violations } = await new AxeBuilder({ page })
    // What else it finds is not read; and for frames alone it would open a page of its own each time.
    .options({ resultTypes: ["violations"] })
    .setLegacyMode()
    .analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(" | ")})`,
  );
  expect.soft(found, name).toEqual([]);
}
