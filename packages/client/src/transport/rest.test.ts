import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ImError } from "../errors.ts";
import { Api } from "./api.ts";
import { rest } from "./rest.ts";

let server: Server;
let origin: string;
let serve: (request: IncomingMessage, response: ServerResponse) => void;
let requests: IncomingMessage[];

function answer(status: number, body: string, headers: Record<string, string> = {}): void {
  serve = (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

const get = (): Promise<unknown> => rest(origin, { method: "GET", path: "/me", token: "t" });
const refusal = (code: string) => JSON.stringify({ error: { code, message: "no" } });

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    serve(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

describe("rest", () => {
  it("sends the token and gives the answer", async () => {
    answer(200, '{"userId":"me"}');
    await expect(get()).resolves.toEqual({ userId: "me" });
    expect(requests[0]?.url).toBe("/api/v1/me");
    expect(requests[0]?.headers.authorization).toBe("Bearer t");
  });

  it("sends bytes as they are, and everything else as JSON", async () => {
    const bodies: Promise<[string | undefined, string]>[] = [];
    serve = (request, response) => {
      bodies.push(text(request).then((body) => [request.headers["content-type"], body]));
      response.end("{}");
    };
    await rest(origin, { method: "PUT", path: "/me/avatar", body: new Blob(["\u00e9"], { type: "image/png" }) });
    await rest(origin, { method: "PATCH", path: "/me", body: { gender: null } });
    expect(await Promise.all(bodies)).toEqual([
      ["image/png", "\u00e9"],
      ["application/json", '{"gender":null}'],
    ]);
  });

  it("gives the server's refusal", async () => {
    answer(409, JSON.stringify({ error: { code: "CONFLICT", message: "taken", details: { fields: [] } } }));
    const error: unknown = await get().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ImError);
    expect(error).toMatchObject({ code: "CONFLICT", message: "taken", details: { fields: [] }, retryable: false });
  });

  it("says when to try again, from the answer or its header", async () => {
    answer(429, JSON.stringify({ error: { code: "RATE_LIMITED", message: "slow", retryAfterMs: 250 } }), {
      "retry-after": "9",
    });
    await expect(get()).rejects.toMatchObject({ retryAfterMs: 250, retryable: true });
    answer(503, refusal("UNAVAILABLE"), { "retry-after": "9" });
    await expect(get()).rejects.toMatchObject({ retryAfterMs: 9_000 });
  });

  it.each([
    ["a proxy's page", 502, "<html>Bad Gateway</html>"],
    ["no body", 500, ""],
    ["JSON that is no error", 404, '"nothing here"'],
  ])("takes %s as no answer of this server", async (_name, status, body) => {
    answer(status, body);
    await expect(get()).rejects.toMatchObject({ code: "UNAVAILABLE", details: { reason: "protocol" } });
  });

  it("knows no codes but the protocol's", async () => {
    answer(418, refusal("TEAPOT"));
    await expect(get()).rejects.toMatchObject({ code: "INTERNAL", message: "no" });
  });

  it("fails as unreachable when nobody listens, and as late when nobody answers", async () => {
    const nowhere = rest("http://127.0.0.1:1", { method: "GET", path: "/me" });
    await expect(nowhere).rejects.toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
    serve = () => undefined;
    const late = rest(origin, { method: "GET", path: "/me", timeoutMs: 30 });
    await expect(late).rejects.toMatchObject({ code: "UNAVAILABLE", details: { reason: "timeout" } });
  });
});

describe("Api", () => {
  it("makes the calls of the contract", async () => {
    const api = new Api(origin, () => undefined);
    api.useToken("t");
    answer(200, "{}");
    await api.findUsers("老 王&x");
    await api.findUsers("a", "p 2");
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /api/v1/users?query=%E8%80%81+%E7%8E%8B%26x",
      "GET /api/v1/users?query=a&page=p+2",
    ]);
  });

  it("refuses calls without a session and reports one that has ended", async () => {
    const ended: ImError[] = [];
    const api = new Api(origin, (error) => ended.push(error));
    await expect(api.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(ended).toEqual([]);
    api.useToken("t");
    answer(401, refusal("UNAUTHENTICATED"));
    await expect(api.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(ended).toHaveLength(1);
    await expect(api.login({ username: "a", password: "b", device: { deviceId: "d", name: "n" } })).rejects.toThrow(
      "no",
    );
    expect(ended).toHaveLength(1);
  });

  it("gives up the calls of a session that is left, whose end then concerns nobody", async () => {
    const ended: ImError[] = [];
    const api = new Api(origin, (error) => ended.push(error));
    api.useToken("t");
    let arrived: (() => void) | undefined;
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    serve = () => arrived?.();
    const call = api.me();
    await reached;
    api.useToken(null);
    await expect(call).rejects.toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
    expect(ended).toEqual([]);
  });
});
