import { randomUUID } from "node:crypto";
import type { StartOidcResponse } from "@im-webapp/protocol";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backing, openBacking } from "../../support/backing.ts";
import { type IdentityServer, ProviderBrowser, startIdentityServer } from "../../support/identity-provider.ts";
import { openRaw } from "../../support/raw-database.ts";
import { restOk } from "../../support/rest.ts";
import type { Server } from "../../support/server.ts";
import { nameOf, outcomesOf } from "./outcomes.ts";
import { SERVER_KEY, type Scene } from "./scene.ts";
import { type RestRow, all, anybody, everybody } from "./table.ts";

/** The page to come back to; nobody listens there, because these tests are the browser. */
const REDIRECT_URI = "http://127.0.0.1:9/sign-in/oidc";

let provider: IdentityServer;
let backing: Backing;
let server: Server;

beforeAll(async () => {
  provider = await startIdentityServer();
  provider.allow(REDIRECT_URI);
  backing = await openBacking();
  server = await backing.start({ env: { ...provider.env, SERVER_KEY } });
});

afterAll(async () => {
  await server.stop();
  await Promise.all([backing.release(), provider.stop()]);
});

/** The server as scenes need it. */
const at: Scene["at"] = {
  get url() {
    return server.url;
  },
  async raw(use) {
    const { env } = backing;
    const database = await openRaw(env["DATABASE_URL"], env["DATA_DIR"] ?? "");
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  },
};

/** What the provider sends back with, once somebody whom nobody here knows has signed in there. */
async function answer(): Promise<{ state: string; code: string; iss: string }> {
  const body = { redirectUri: REDIRECT_URI };
  const { url, state } = await restOk<StartOidcResponse>(at.url, "POST", "/api/v1/auth/oidc/start", { body });
  const { searchParams } = await new ProviderBrowser().signIn(url, `login-${randomUUID().slice(0, 8)}`);
  return { state, code: searchParams.get("code") ?? "", iss: searchParams.get("iss") ?? "" };
}

const device = () => ({ deviceId: randomUUID(), name: "test" });

/** What the table has as refusals, because its server has no provider, where there is one. */
const ROWS: readonly RestRow[] = [
  { route: "GET /api/v1/auth/methods", expected: anybody, request: () => ({}) },
  {
    route: "POST /api/v1/auth/oidc/start",
    expected: anybody,
    request: () => ({ body: { redirectUri: REDIRECT_URI } }),
  },
  {
    route: "POST /api/v1/auth/oidc/finish",
    when: "with the provider's answer, which is all that it takes",
    expected: anybody,
    request: async () => ({ body: { ...(await answer()), device: device() } }),
  },
  {
    route: "POST /api/v1/auth/oidc/finish",
    when: "with an answer that was made up",
    expected: { ...all("FORBIDDEN"), revoked: "FORBIDDEN" },
    request: () => ({ body: { state: "a-state", code: "a-code", device: device() } }),
  },
  {
    route: "POST /api/v1/me/oidc",
    when: "with the provider's answer",
    expected: everybody,
    request: async () => ({ body: await answer() }),
  },
  {
    route: "POST /api/v1/me/oidc",
    when: "with an answer that was made up",
    expected: all("FORBIDDEN"),
    request: () => ({ body: { state: "a-state", code: "a-code" } }),
  },
];

it.each(ROWS.map((row) => ({ row, name: nameOf(row) })))(
  "$name answers each role where there is a provider",
  async ({ row }) => {
    expect(await outcomesOf(row, at)).toEqual(row.expected);
  },
);
