import { existsSync } from "node:fs";
import { join } from "node:path";
import { ERROR_CODES } from "@im-webapp/protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/root.ts";
import { Person } from "../support/people.ts";
import { wireErrorOf } from "../support/rest.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer();

let ann: Person;

beforeAll(async () => {
  ann = await Person.register(at.url, "Ann");
});

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
  readonly token?: string;
}

async function ask(path: string, { method = "GET", body, type = "application/json", token = ann.token }: Asked = {}) {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body !== undefined) headers["content-type"] = type;
  const response = await fetch(at.url + path, { method, headers, ...(body !== undefined && { body }) });
  return { response, text: await response.text() };
}

/** Status and code of a refusal, which must have the protocol's form. */
async function refusal(path: string, asked: Asked = {}): Promise<string> {
  const { response, text } = await ask(path, asked);
  expect(response.headers.get("content-type"), path).toBe("application/json; charset=utf-8");
  const body: unknown = JSON.parse(text);
  expect(Object.keys(body as object)).toEqual(["error"]);
  const error = wireErrorOf(body);
  expect(error, text).toBeDefined();
  expect(ERROR_CODES[error!.code].status).toBe(response.status);
  expect(error!.message).not.toBe("");
  return `${response.status} ${error!.code}`;
}

describe("a call that cannot be answered", () => {
  it("of a path or method that does not exist is NOT_FOUND", async () => {
    for (const path of ["/api/v1/nothing", "/api/v1/me/more", "/api/v2/me", "/api/", "/assets/none.js", "/none.txt"]) {
      expect([path, await refusal(path)]).toEqual([path, "404 NOT_FOUND"]);
    }
    for (const [method, path] of [
      ["DELETE", "/api/v1/me"],
      ["PUT", "/api/v1/groups"],
      ["PATCH", "/api/v1/auth/login"],
      ["POST", "/"],
      ["POST", "/healthz"],
    ] as const) {
      expect([method, path, await refusal(path, { method })]).toEqual([method, path, "404 NOT_FOUND"]);
    }
  });

  it("with a body that is no JSON, or no object, is BAD_REQUEST", async () => {
    const path = "/api/v1/groups";
    for (const body of ["{", '{"name":', "name=x", "[]", '"text"', "7", "null", '{"name":"x","memberIds":[]', ""]) {
      expect([body, await refusal(path, { method: "POST", body })]).toEqual([body, "400 BAD_REQUEST"]);
    }
  });

  it("with a body of another type is BAD_REQUEST: only JSON is read", async () => {
    const body = JSON.stringify({ name: "Group", memberIds: [] });
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/xml",
      "multipart/form-data; boundary=x",
    ]) {
      const asked = { method: "POST", body, type };
      expect([type, await refusal("/api/v1/groups", asked)]).toEqual([type, "400 BAD_REQUEST"]);
    }
    const { response } = await ask("/api/v1/groups", { method: "POST", body, type: "application/json; charset=utf-8" });
    expect(response.status).toBe(201);
  });

  it("with a body above one mebibyte is TOO_LARGE", async () => {
    const body = JSON.stringify({ name: "x".repeat(1024 * 1024), memberIds: [] });
    expect(await refusal("/api/v1/groups", { method: "POST", body })).toBe("413 TOO_LARGE");
    const { response } = await ask("/api/v1/me");
    expect(response.status).toBe(200);
  });

  it("names in details each field that is wrong", async () => {
    const { text } = await ask("/api/v1/groups", { method: "POST", body: '{"name":"","memberIds":["a b", 7]}' });
    const fields = wireErrorOf(JSON.parse(text))?.details?.fields;
    expect(fields?.map(({ path }) => path)).toEqual(["name", "memberIds.0", "memberIds.1"]);
  });
});

describe("operating", () => {
  it("/healthz and /readyz say that it lives and can serve", async () => {
    for (const [path, answer] of [
      ["/healthz", { ok: true }],
      ["/readyz", { ready: true }],
    ] as const) {
      const { response, text } = await ask(path, { token: "" });
      expect([response.status, JSON.parse(text)]).toEqual([200, answer]);
    }
  });

  it("/metrics counts sockets and times requests, in Prometheus text", async () => {
    const connection = await at.connect(ann);
    expect(connection.ready.userId).toBe(ann.userId);
    const { response, text } = await ask("/metrics", { token: "" });
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toMatch(/^im_connections 1$/m);
    expect(text).toMatch(/^im_pipeline_queued 0$/m);
    expect(text).toMatch(/^im_http_request_seconds_count\{method="POST",status="201"\} [1-9]/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    // Labels of a bounded set only: whoever calls must not be able to fill the memory with them.
    await Promise.all(Array.from({ length: 20 }, (_, index) => ask(`/api/v1/nothing-${index}`)));
    expect((await ask("/metrics")).text).not.toContain("nothing-");
  });
});

describe("in a browser", () => {
  const built = existsSync(join(root, "apps/web/dist/index.html"));

  it("every answer carries headers that keep a page from running what it should not", async () => {
    for (const path of ["/", "/api/v1/me", "/api/v1/nothing", "/healthz", "/c/some-conversation"]) {
      const { headers } = (await ask(path)).response;
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*'unsafe|default-src[^;]*'unsafe/);
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("set-cookie")).toBeNull();
    }
  });

  it("the API may be called from pages of other origins, which is how products embed it", async () => {
    const preflight = (await ask("/api/v1/groups", { method: "OPTIONS", token: "" })).response;
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
    const { headers } = (await ask("/api/v1/me", { token: "none" })).response;
    expect(headers.get("access-control-allow-origin"), "also when it refuses").toBe("*");
    expect((await ask("/metrics")).response.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("every address of the app gives the page, which is asked for each time", async () => {
    for (const path of ["/", "/c/some-conversation/m/7", "/settings/appearance", "/login?next=%2Fc%2Fx"]) {
      if (!built) {
        expect([path, await refusal(path)]).toEqual([path, "404 NOT_FOUND"]);
        continue;
      }
      const { response, text } = await ask(path, { token: "" });
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get("content-type")).toMatch(/^text\/html/);
      expect(response.headers.get("cache-control")).toBe("no-cache");
      expect(text).toMatch(/^<!doctype html>/i);
    }
  });

  it("the page's scripts are there, and are kept for long", async () => {
    const { text } = await ask("/");
    const scripts = built ? [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!) : [];
    expect(scripts.length > 0).toBe(built);
    for (const path of scripts) {
      const { response } = await ask(path, { token: "" });
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get("cache-control")).toMatch(/max-age=31536000/);
    }
  });
});
