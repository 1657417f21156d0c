import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Person } from "../support/people.ts";
import { rest, wireErrorOf } from "../support/rest.ts";
import type { Server } from "../support/server.ts";
import { within } from "../support/wait-for.ts";
import { problemOfAnswer } from "./fuzz-calls.ts";

/** How long a raw exchange may take, in milliseconds. */
const EXCHANGE_TIMEOUT_MS = 20_000;

/** The body parser's limit lies below this, in bytes; a file upload has a way of its own. */
const OVERSIZED_BYTES = 3 * 1024 * 1024;

let backing: Backing;
let server: Server;
let ann: Person;

beforeAll(async () => {
  backing = await openBacking();
  server = await backing.start();
  ann = await Person.register(server.url, "Ann");
});

// Whatever a test threw at the server: others are served by the same process.
afterEach(async () => {
  expect(server.exit).toBeUndefined();
  expect((await rest(server.url, "GET", "/api/v1/me", { token: ann.token })).status).toBe(200);
});

afterAll(async () => {
  await server.stop();
  await backing.release();
});

interface RawCall {
  readonly method?: string;
  /** As it is written on the request line: not normalised. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** One HTTP exchange below `fetch`, which mends paths and headers. */
function exchange({ method = "GET", path, headers = {}, body }: RawCall): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.url);
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request({ hostname, port, method, path, agent: false, headers: authorized(headers) }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => (text += part));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
  return within(answered, EXCHANGE_TIMEOUT_MS, `${method} ${path.slice(0, 100)} was not answered`);
}

const authorized = (headers: Record<string, string>) => ({ authorization: `Bearer ${ann.token}`, ...headers });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the server answers to bytes that are no HTTP, or half of it; the connection's end counts as an answer. */
function write(bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const answered = new Promise<string>((resolve) => {
    let text = "";
    const socket = connect({ host: hostname, port: Number(port) });
    socket.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      socket.end();
    });
    // A reset is as good as a close.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
    socket.write(bytes);
  });
  return within(answered, EXCHANGE_TIMEOUT_MS, "the connection was neither answered nor closed");
}

describe("a call of a path or a method that does not exist", () => {
  it.each([
    ["GET", "/api/v1/nothing"],
    ["POST", "/api/v1/nothing"],
    ["GET", "/api/v1"],
    ["GET", "/api/v1/"],
    ["GET", "/api/v2/me"],
    ["GET", "/api/v1/me/more"],
    ["GET", "/api//v1/me"],
    ["GET", "/api/v1/../../me"],
    ["GET", "/api/v1/__proto__"],
    ["GET", "/api/v1/groups/x/members/y/z"],
    ["PUT", "/api/v1/me"],
    ["PATCH", "/api/v1/groups/x"],
    ["DELETE", "/api/v1/me"],
    ["POST", "/api/v1/me"],
    ["GET", "/api/v1/auth/register"],
    ["GET", "/api/v1/auth/login"],
    ["PROPFIND", "/api/v1/me"],
    ["TRACE", "/api/v1/me"],
    ["POST", "/"],
    ["DELETE", "/healthz"],
    ["PUT", "/somewhere/else"],
  ])("%s %s is NOT_FOUND", async (method, path) => {
    const { status, text } = await exchange({ method, path });
    expect([status, wireErrorOf(parse(text))?.code], text).toEqual([404, "NOT_FOUND"]);
  });
});

describe("an id in a path", () => {
  it.each([
    "%",
    "%zz",
    "%E0%A4%A",
    "%00",
    "%0d%0aX-Injected:%201",
    "%ED%A0%80",
    "%2e%2e%2f",
    "..%2f..%2fetc%2fpasswd",
    "a%20b",
    "'%20OR%201=1",
    "%F0%9F%80%84",
    "__proto__",
    "constructor",
    "x".repeat(65),
    "x".repeat(7_000),
  ])("%s is refused in words", async (id) => {
    for (const call of [
      { path: `/api/v1/users/${id}` },
      { path: `/api/v1/groups/${id}` },
      { path: `/api/v1/groups/${id}/members` },
      { method: "DELETE", path: `/api/v1/groups/${id}/members/${id}` },
      { method: "POST", path: `/api/v1/groups/${id}/members`, body: '{"userIds":["x"]}', json: true },
    ]) {
      const headers: Record<string, string> = call.body === undefined ? {} : { "content-type": "application/json" };
      const { status, text } = await exchange({ ...call, headers });
      expect(problemOfAnswer(status, parse(text)), `${call.path}: ${text}`).toBeUndefined();
    }
  });
});

describe("a query string", () => {
  it.each([
    "",
    "query=",
    "query=%",
    "query=%E0%A4%A",
    "query=%00",
    "query=a&query=b",
    "query[]=a",
    "query[__proto__]=a",
    "__proto__[query]=a",
    "query=a&limit=0",
    "query=a&limit=501",
    "query=a&limit=1e9",
    "query=a&limit=NaN",
    "query=a&limit=0x10",
    "query=a&limit=1.5",
    "query=a&limit=-1",
    "query=a&limit=1&limit=2",
    "query=a&page=nonsense",
    `query=a&page=${"x".repeat(1_000)}`,
    `query=${"x".repeat(8_000)}`,
    "query=%25",
    "query=_",
    "query=%5C",
    "query=%27",
  ])("?%s is answered in form", async (query) => {
    const { status, text } = await exchange({ path: `/api/v1/users?${query}` });
    const success = { safeParse: (body: unknown) => ({ success: typeof body === "object" && body !== null }) };
    expect(problemOfAnswer(status, parse(text), success), text).toBeUndefined();
  });

  it("takes % and _ as they are, not as wildcards", async () => {
    for (const query of ["%25", "_", "%25%25", "____"]) {
      const { text } = await exchange({ path: `/api/v1/users?query=${query}` });
      expect(parse(text)).toMatchObject({ users: [] });
    }
  });
});

describe("a body", () => {
  it.each([
    ["nothing", undefined, {}],
    ["half an object", "{", {}],
    ["two objects", '{"a":1}{"b":2}', {}],
    ["null", "null", {}],
    ["a text", '"text"', {}],
    ["a list", "[1]", {}],
    ["a number", "1e999", {}],
    ["no JSON", "username=a&password=b", {}],
    ["bytes", Buffer.from([0xff, 0xfe, 0x00, 0x80]), {}],
    ["a byte order mark", '\ufeff{"username":1}', {}],
    ["a prototype", '{"__proto__":{"username":"a"},"constructor":1}', {}],
    ["deep nesting", `{"username":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, {}],
    ["repeated names", '{"username":"a","username":{"a":1}}', {}],
    ["a form", "username=a&password=b", { "content-type": "application/x-www-form-urlencoded" }],
    ["a strange form", "a[b][c][d][e][f][g]=1&__proto__[x]=1", { "content-type": "application/x-www-form-urlencoded" }],
    ["a multipart without boundary", "x", { "content-type": "multipart/form-data" }],
    ["plain text", "{}", { "content-type": "text/plain" }],
    ["an unknown type", "{}", { "content-type": "application/x-nothing" }],
    ["a broken type", "{}", { "content-type": ";;;=" }],
    ["an unknown charset", "{}", { "content-type": "application/json; charset=utf-99" }],
    ["gzip that is none", "{}", { "content-encoding": "gzip" }],
    ["an unknown encoding", "{}", { "content-encoding": "nothing" }],
  ])("of %s is refused in words", async (_what, body, headers) => {
    for (const path of ["/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/groups", "/api/v1/users/lookup"]) {
      const { status, text } = await exchange({
        method: "POST",
        path,
        headers: { "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body }),
      });
      expect(problemOfAnswer(status, parse(text)), `${path}: ${status} ${text}`).toBeUndefined();
      expect(status).toBeLessThan(500);
    }
  });

  it("above the limit is TOO_LARGE", async () => {
    const body = JSON.stringify({ name: "x".repeat(OVERSIZED_BYTES), memberIds: [] });
    const headers = { "content-type": "application/json" };
    const { status, text } = await exchange({ method: "POST", path: "/api/v1/groups", headers, body });
    expect([status, wireErrorOf(parse(text))?.code]).toEqual([413, "TOO_LARGE"]);
  });
});

describe("an authorization header", () => {
  it.each(["", "Bearer", "Bearer ", "Basic YTpi", "bearer x", `Bearer ${"x".repeat(8_000)}`, "Bearer a b", "Bearer é"])(
    "of %j is UNAUTHENTICATED",
    async (authorization) => {
      for (const path of ["/api/v1/me", "/api/v1/users?query=a", "/api/v1/groups/x"]) {
        const { status, text } = await exchange({ path, headers: { authorization } });
        expect([status, wireErrorOf(parse(text))?.code]).toEqual([401, "UNAUTHENTICATED"]);
      }
    },
  );
});

describe("a path to a file", () => {
  it.each([
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2f..%2f..%2fetc/passwd",
    "/assets/../../../package.json",
    "/assets/%2e%2e/%2e%2e/package.json",
    "/assets/..%5c..%5cpackage.json",
    "/%00",
    "/assets/%00",
    "/%",
    "//etc/passwd",
    "/im.sqlite",
    "/data/im.sqlite",
  ])("%s gives nothing away", async (path) => {
    const { status, text } = await exchange({ path });
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/root:|"workspaces"|SQLite format/);
  });
});

describe("bytes that are no HTTP", () => {
  it.each([
    ["noise", Buffer.from([0, 1, 2, 3, 255, 254, 13, 10, 13, 10])],
    ["a wrong version", "GET / HTTP/9.9\r\n\r\n"],
    ["no version", "GET /\r\n\r\n"],
    ["an unknown method", "BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["endless headers", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(100_000)}\r\n\r\n`],
    ["two lengths", "POST /api/v1/groups HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"],
    ["a broken chunk", "POST /api/v1/groups HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ["a header with NUL", "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n"],
    [
      "a broken upgrade",
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    ],
    ["an unknown transport", "GET /socket.io/?EIO=4&transport=pigeon HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["an unknown session", "GET /socket.io/?EIO=4&transport=polling&sid=nobody HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["an unknown engine", "GET /socket.io/?EIO=99&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n"],
  ])("such as %s are answered or cut off", async (_what, bytes) => {
    const text = await write(bytes);
    expect(text === "" || /^HTTP\/1\.1 (4\d\d|505|200)/.test(text), text.slice(0, 200)).toBe(true);
  });
});
