import { type Page, expect, test } from "@playwright/test";
import { type IdentityServer, startIdentityServer } from "../support/identity-provider.ts";
import { type Server, startServer } from "../support/server.ts";
import { Screen } from "./screen.ts";
import { english } from "./words.ts";

let provider: IdentityServer;
let server: Server;

test.beforeAll(async () => {
  provider = await startIdentityServer();
  server = await startServer({ env: provider.env });
  provider.allow(`${server.url}/sign-in/oidc`);
});

test.afterAll(async () => {
  await server.stop();
  await provider.stop();
});

test.use({ locale: english.locale });

/** Signs in at the provider's own pages, and agrees to what is asked. */
async function signInThere(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

test("the company's login leads in, and its token is in no address", async ({ page }) => {
  const addresses: string[] = [];
  page.on("framenavigated", (frame) => addresses.push(frame.url()));
  await page.goto(`${server.url}/login?return=/settings/security`);
  await page.getByRole("button", { name: "Log in with Company" }).click();
  await signInThere(page, "ann");
  await new Screen(page, english).isOnline();
  await expect(page).toHaveURL(`${server.url}/settings/security`);
  await expect(page.getByText("You have no password")).toBeVisible();
  await expect(page.getByText("Linked: you can log in with Company")).toBeVisible();
  for (const address of addresses) expect(address).not.toMatch(/token|verifier/);
});

test("who cancels there, or comes with another's answer, is told what to do", async ({ page }) => {
  await page.goto(`${server.url}/login`);
  await page.getByRole("button", { name: "Log in with Company" }).click();
  await page.getByRole("link", { name: /cancel/i }).click();
  await expect(page.getByText("The login was cancelled")).toBeVisible();
  await page.getByRole("link", { name: "Back to login" }).click();
  await expect(page).toHaveURL(`${server.url}/login`);

  await page.goto(`${server.url}/sign-in/oidc?code=theirs&state=theirs`);
  await expect(page.getByText("This login cannot go on")).toBeVisible();
});
