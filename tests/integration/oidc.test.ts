import { randomUUID } from "node:crypto";
import { type SessionResponse, type StartOidcResponse, sessionResponse, startOidcResponse } from "@im-webapp/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { type IdentityServer, ProviderBrowser, startIdentityServer } from "../support/identity-provider.ts";
import { Person } from "../support/people.ts";
import { rest, restOk, wireErrorOf } from "../support/rest.ts";
import type { Server } from "../support/server.ts";
import { refusalOf } from "./security-calls.ts";

/** The page to come back to; nobody listens there, because these tests are the browser. */
const REDIRECT_URI = "http://127.0.0.1:9/sign-in/oidc";

let provider: IdentityServer;
let backing: Backing;
let server: Server;

beforeAll(async () => {
  provider = await startIdentityServer();
  provider.allow(REDIRECT_URI);
  backing = await openBacking();
  server = await backing.start({ env: provider.env });
});

afterAll(async () => {
  await server.stop();
  await Promise.all([backing.release(), provider.stop()]);
});

const device = () => ({ deviceId: randomUUID(), name: "test" });
const fresh = (name: string) => `${name}-${randomUUID().slice(0, 8)}`;

async function start(): Promise<StartOidcResponse> {
  const body = { redirectUri: REDIRECT_URI };
  return startOidcResponse.strict().parse(await restOk(server.url, "POST", "/api/v1/auth/oidc/start", { body }));
}

/** What the provider sends back with, once somebody has signed in there under this name. */
async function answerFor(login: string): Promise<{ code: string; state: string; iss: string }> {
  const { url, state } = await start();
  const { searchParams } = await new ProviderBrowser().signIn(url, login);
  expect(searchParams.get("state")).toBe(state);
  return { state, code: searchParams.get("code") ?? "", iss: searchParams.get("iss") ?? "" };
}

async function finish(answer: object): Promise<{ outcome: string; session: SessionResponse }> {
  const { status, body } = await rest(server.url, "POST", "/api/v1/auth/oidc/finish", {
    body: { device: device(), ...answer },
  });
  const error = wireErrorOf(body);
  const outcome = [status, error?.code, error?.details && JSON.stringify(error.details)].filter(Boolean).join(" ");
  return { outcome, session: body as SessionResponse };
}

describe("signing in by another program", () => {
  it("is offered by its name", async () => {
    expect(await restOk(server.url, "GET", "/api/v1/auth/methods")).toEqual({ oidc: { name: "Company" } });
  });

  it("makes an account the first time, and finds it again ever after", async () => {
    const login = fresh("ann");
    const first = await finish(await answerFor(login));
    const { user, token } = sessionResponse.strict().parse(first.session);
    expect(user).toMatchObject({ username: login, displayName: `${login} of Company` });
    expect(await restOk(server.url, "GET", "/api/v1/me", { token })).toMatchObject({ userId: user.userId });
    const again = await finish(await answerFor(login));
    expect(again.session.user.userId).toBe(user.userId);
    expect(await restOk(server.url, "GET", "/api/v1/me/security", { token })).toEqual({
      password: false,
      totp: false,
      recoveryCodes: 0,
      oidc: true,
      fresh: true,
    });
  });

  it("asks for a code bound to a secret that never leaves the server, and for an ID token of this attempt", async () => {
    const { url, state } = await start();
    const { searchParams } = new URL(url);
    expect(searchParams.get("response_type")).toBe("code");
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get("nonce")).toMatch(/^[\w-]{20,}$/);
    expect(searchParams.get("state")).toBe(state);
    expect(url).not.toContain("verifier");
  });

  it("gives a taken name to nobody else", async () => {
    const taken = await Person.register(server.url, "Taken");
    const { session } = await finish(await answerFor(taken.username));
    expect(session.user.userId).not.toBe(taken.userId);
    expect(session.user.username).toMatch(new RegExp(`^${taken.username}-\\w+$`));
  });

  it("makes one account for two first sign-ins at once", async () => {
    const login = fresh("twice");
    const answers = await Promise.all([answerFor(login), answerFor(login)]);
    const [one, two] = await Promise.all(answers.map(finish));
    expect([one?.outcome, two?.outcome]).toEqual(["200", "200"]);
    expect(one?.session.user.userId).toBe(two?.session.user.userId);
  });

  it("takes each answer once, of attempts that it knows, and with the provider's word alone", async () => {
    const answer = await answerFor(fresh("bob"));
    const failed = '403 FORBIDDEN {"oidc":"failed"}';
    const expired = '403 FORBIDDEN {"oidc":"expired"}';
    expect((await finish(answer)).outcome).toBe("200");
    expect((await finish(answer)).outcome).toBe(expired);
    expect((await finish({ ...answer, state: "made-up" })).outcome).toBe(expired);

    const { state } = await start();
    expect((await finish({ state, code: "made-up", iss: provider.issuer })).outcome).toBe(failed);
    // A right code of another attempt: its verifier and its nonce are not this one's.
    const [mine, theirs] = [await start(), await answerFor(fresh("cid"))];
    expect((await finish({ ...theirs, state: mine.state })).outcome).toBe(failed);
    const dai = await answerFor(fresh("dai"));
    expect((await finish({ ...dai, iss: "https://elsewhere.example" })).outcome).toBe(failed);
  });

  it("that is cancelled comes back with no code", async () => {
    const { url } = await start();
    const { searchParams } = await new ProviderBrowser().signIn(url, "nobody", { cancel: true });
    expect([searchParams.get("code"), searchParams.get("error")]).toEqual([null, "access_denied"]);
  });

  it("can be linked with an account that exists, and with one only", async () => {
    const [ann, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
    const login = fresh("linked");
    expect(await refusalOf(ann, "POST", "/me/oidc", await answerFor(login))).toBe("200");
    expect((await finish(await answerFor(login))).session.user.userId).toBe(ann.userId);
    expect(await refusalOf(bob, "POST", "/me/oidc", await answerFor(login))).toBe("409 CONFLICT");
    const used = await answerFor(login);
    await finish(used);
    expect(await refusalOf(ann, "POST", "/me/oidc", used)).toBe('403 FORBIDDEN {"oidc":"expired"}');
  });
});
