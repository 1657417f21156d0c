import { beforeAll, describe, expect, it } from "vitest";
import { Person, sendText } from "../support/people.ts";
import { rest, wireErrorOf } from "../support/rest.ts";
import { useServer } from "./one-server.ts";

const at = useServer({ env: { RATE_LIMIT: "on" } });

let eager: Person;
let calm: Person;

beforeAll(async () => {
  [eager, calm] = [await Person.register(at.url, "Eager"), await Person.register(at.url, "Calm")];
});

describe("too many calls", () => {
  it("of one user's sockets are refused with a time to wait, and nobody else's", async () => {
    const [one, two, calms] = await at.connectAll(eager, eager, calm);
    const acks = await Promise.all(
      Array.from({ length: 700 }, (_, index) => (index % 2 ? one : two).call("sync:pull", { cursor: 0 })),
    );
    const refused = acks.flatMap((ack) => (ack.ok ? [] : [ack.error]));
    // 600 in ten seconds; more when a slow machine takes longer than that for all of them.
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(100);
    for (const { code, retryAfterMs } of refused) {
      expect(code).toBe("RATE_LIMITED");
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(retryAfterMs).toBeLessThanOrEqual(10_000);
    }
    expect(await sendText(calms, { userId: eager.userId }, "calm")).toMatchObject({ seq: 1 });
    await one.pushedText("calm");
  });

  it("of one user at REST are 429 with Retry-After, and nobody else's", async () => {
    const answers = await Promise.all(
      Array.from({ length: 320 }, () =>
        fetch(`${at.url}/api/v1/me`, { headers: { authorization: `Bearer ${eager.token}` } }),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(20);
    for (const answer of refused) {
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      const error = wireErrorOf(await answer.json());
      expect(error?.code).toBe("RATE_LIMITED");
      expect(error?.retryAfterMs).toBeGreaterThan(0);
    }
    expect((await rest(at.url, "GET", "/api/v1/me", { token: calm.token })).status).toBe(200);
  });

  it("to sign in, from one address, are refused before the password is looked at", async () => {
    const body = { username: calm.username, password: "a wrong guess", device: { deviceId: "guesser", name: "test" } };
    const statuses: number[] = [];
    for (let n = 0; n < 40 && statuses.at(-1) !== 429; n += 1) {
      statuses.push((await rest(at.url, "POST", "/api/v1/auth/login", { body })).status);
    }
    // Two of the thirty went into registering.
    expect(statuses).toEqual([...Array<number>(28).fill(401), 429]);
    expect((await rest(at.url, "GET", "/readyz")).status).toBe(200);
    expect((await rest(at.url, "GET", "/api/v1/me", { token: calm.token })).status).toBe(200);
  });
});
