import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A message as the engine keeps it. */
export interface EngineDocument {
  readonly conversationId: string;
  readonly seq: number;
  readonly sentAt: number;
  readonly terms: readonly string[];
}

/**
 * Speaks the part of OpenSearch's HTTP interface that the server uses, by its documentation, and refuses everything
 * else. It holds a server to the calls that it makes, and says nothing about what a real engine makes of them.
 */
export interface FakeOpenSearch {
  readonly url: string;
  /** What is in an index; undefined where there is none of this name. */
  documents(index: string): EngineDocument[] | undefined;
  /** Answers every call with 503 while true. */
  isBroken: boolean;
  stop(): Promise<void>;
}

type Clause = Record<string, unknown>;
type Documents = Map<string, EngineDocument>;

const USER = "im";
const PASSWORD = "s3cret/@";

export async function startFakeOpenSearch(): Promise<FakeOpenSearch> {
  const indexes = new Map<string, Documents>();
  const state = { isBroken: false };
  const server: Server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    read(request)
      .then((text) => {
        if (state.isBroken) return answer(503, { error: { type: "unavailable" } });
        const wanted = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;
        if (request.headers.authorization !== wanted) return answer(401, { error: { type: "security_exception" } });
        const { pathname, searchParams } = new URL(request.url ?? "/", "http://engine");
        const isLenient = searchParams.get("ignore_unavailable") === "true";
        const { status, body } = handle(indexes, `${request.method} ${pathname}`, text, isLenient);
        return answer(status, body);
      })
      .catch((error: unknown) => answer(400, { error: { type: "illegal_argument_exception", reason: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    documents: (index) => (indexes.has(index) ? [...(indexes.get(index)?.values() ?? [])] : undefined),
    get isBroken() {
      return state.isBroken;
    },
    set isBroken(isBroken) {
      state.isBroken = isBroken;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function handle(
  indexes: Map<string, Documents>,
  call: string,
  text: string,
  isLenient: boolean,
): { status: number; body: unknown } {
  const [, method, index = "", rest = ""] = /^(\w+) \/([^/]*)(?:\/(.*))?$/.exec(call) ?? [];
  if (method === "POST" && index === "_bulk") return bulk(indexes, text);
  const documents = indexes.get(index);
  if (method === "DELETE" && rest === "") {
    if (!documents && !isLenient) return { status: 404, body: { error: { type: "index_not_found_exception" } } };
    indexes.delete(index);
    return { status: 200, body: { acknowledged: true } };
  }
  if (method === "PUT" && rest === "") {
    if (documents) throw new Error("resource_already_exists_exception");
    indexes.set(index, new Map());
    return { status: 200, body: { acknowledged: true, index } };
  }
  if (method === "POST" && rest === "_search") {
    if (!documents && !isLenient) return { status: 404, body: { error: { type: "index_not_found_exception" } } };
    return { status: 200, body: search(documents ?? new Map(), JSON.parse(text) as Clause) };
  }
  throw new Error(`not spoken here: ${call}`);
}

function bulk(indexes: Map<string, Documents>, text: string) {
  const lines = text.trimEnd().split("\n");
  const items: unknown[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    const action = JSON.parse(lines[at] ?? "") as { index: { _index: string; _id: string } };
    const { _index: index, _id: id } = action.index;
    // An engine would make one by itself, without our mapping.
    const documents = indexes.get(index);
    if (!documents) throw new Error(`no index ${index}`);
    documents.set(id, JSON.parse(lines[at + 1] ?? "") as EngineDocument);
    items.push({ index: { _index: index, _id: id, status: 201 } });
  }
  return { status: 200, body: { took: 1, errors: false, items } };
}

function search(documents: Documents, body: Clause) {
  const {
    size,
    query,
    sort,
    search_after: after,
    ...others
  } = body as {
    size: number;
    query: Clause;
    sort: unknown;
    search_after?: [number, string, number];
  };
  const known = new Set(["_source", "track_total_hits"]);
  const unknown = Object.keys(others).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`not spoken here: ${unknown.join()}`);
  if (JSON.stringify(sort) !== '[{"sentAt":"desc"},{"conversationId":"desc"},{"seq":"desc"}]') throw new Error("sort");
  const found = [...documents.values()]
    .filter((document) => matches(document, query))
    .map(({ sentAt, conversationId, seq }) => [sentAt, conversationId, seq] as const)
    .toSorted((a, b) => -compare(a, b))
    .filter((place) => !after || compare(place, after) < 0);
  const hits = found.slice(0, size).map((place) => ({ _id: `${place[1]}-${place[2]}`, sort: place }));
  return { took: 1, timed_out: false, hits: { hits } };
}

type Place = readonly [number, string, number];

function compare(a: Place, b: Place): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1;
  return a[2] - b[2];
}

function matches(document: EngineDocument, clause: Clause): boolean {
  const [[kind, inner] = []] = Object.entries(clause);
  if (kind === "bool") {
    const { filter = [], should = [], minimum_should_match: least = 0, ...others } = inner as Record<string, Clause[]>;
    if (Object.keys(others).length > 0) throw new Error(`not spoken here: ${JSON.stringify(others)}`);
    const isAny = Number(least) === 0 || should.some((one) => matches(document, one));
    return isAny && filter.every((one) => matches(document, one));
  }
  const [[field, value] = ["", undefined]] = Object.entries(inner as Clause);
  if (!(field in document)) throw new Error(`no such field: ${field}`);
  const held = [document[field as keyof EngineDocument]].flat();
  if (kind === "term") return held.some((one) => one === value);
  if (kind === "terms") return held.some((one) => (value as unknown[]).includes(one));
  if (kind === "range") return held.some((one) => isWithin(one, value as Record<string, string | number>));
  throw new Error(`not spoken here: ${kind}`);
}

function isWithin(held: string | number, bounds: Record<string, string | number>): boolean {
  return Object.entries(bounds).every(([bound, value]) => {
    if (bound === "gt") return held > value;
    if (bound === "gte") return held >= value;
    if (bound === "lt") return held < value;
    if (bound === "lte") return held <= value;
    throw new Error(`not spoken here: ${bound}`);
  });
}
