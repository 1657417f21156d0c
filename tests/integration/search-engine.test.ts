import type { SearchMessagesResponse } from "@im-webapp/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Connection } from "../support/connection.ts";
import { type FakeOpenSearch, startFakeOpenSearch } from "../support/open-search.ts";
import { Person, sendText } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";
import { uploadFile, send, words } from "./file-calls.ts";
import { remove } from "./group-calls.ts";
import { rebuildIndex } from "./search-calls.ts";
import { serverApi } from "./server-calls.ts";

const KEY = "a-key-of-the-tests";
const INDEX = "tests";
/** More than a step of the index needs to begin. */
const MANY = 800;

let backing: Backing;
let engine: FakeOpenSearch;
let env: Record<string, string>;
let server: Server;

beforeAll(async () => {
  [backing, engine] = await Promise.all([openBacking(), startFakeOpenSearch()]);
  env = { SERVER_KEY: KEY, SEARCH_URL: engine.url, SEARCH_INDEX: INDEX };
  server = await backing.start({ env });
});
afterAll(async () => {
  await server.stop();
  await engine.stop();
  await backing.release();
});

const ask = (token: string, filters: Record<string, string>, what = "messages") =>
  fetch(`${server.url}/api/v1/search/${what}?${new URLSearchParams(filters)}`, {
    headers: { authorization: `Bearer ${token}` },
  });

async function texts({ token }: Person, query: string, filters: Record<string, string> = {}): Promise<string[]> {
  const answer = await ask(token, { query, ...filters });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const { hits } = (await answer.json()) as SearchMessagesResponse;
  return hits.map(({ message: { content } }) => (content.kind === "text" ? content.text : content.kind));
}

/** What the engine keeps of these messages. */
const kept = (conversationId: string, seq: number) =>
  engine.documents(INDEX)?.find((document) => document.conversationId === conversationId && document.seq === seq);

async function team() {
  const [ann, bob, cid] = await Promise.all(["Ann", "Bob", "Cid"].map((name) => Person.register(server.url, name)));
  const anns = await Connection.open(server.url, ann!.token);
  const group = await ann!.createGroup("Team", [bob!, cid!]);
  return { ann: ann!, bob: bob!, cid: cid!, anns, group, conversationId: group.conversationId };
}

const fill = async (ann: Person, conversationId: string, text: string) => {
  const api = serverApi(server.url, KEY);
  for (let sent = 0; sent < MANY; sent += 100) {
    await api.send(
      Array.from({ length: 100 }, (_, index) => ({
        from: ann.userId,
        to: { conversationId },
        content: { kind: "text", text: `${text} ${sent + index}` } as const,
      })),
    );
  }
};

describe("an index in a search engine", () => {
  it("finds the same as that of the database: words, filters, files, and only what one may see", async () => {
    const { ann, bob, cid, anns, group, conversationId } = await team();
    await sendText(anns, { conversationId }, "明天下午三点开会");
    await sendText(anns, { conversationId }, "Deploy 新版本 to prod");
    await remove(ann, group, cid);
    await sendText(anns, { conversationId }, "会议改到周五");
    const { fileId } = await uploadFile({ url: server.url, token: ann.token }, words("text"), "季度报告.txt");
    await send(anns, { conversationId }, { kind: "file", fileId });
    anns.close();
    await rebuildIndex(backing, env);
    expect(engine.documents(INDEX)?.filter((document) => document.conversationId === conversationId)).not.toEqual([]);
    expect(await texts(bob, "会")).toEqual(["会议改到周五", "明天下午三点开会"]);
    expect(await texts(bob, "下午 开会")).toEqual(["明天下午三点开会"]);
    expect(await texts(bob, "午下")).toEqual([]);
    expect(await texts(bob, "pro")).toEqual(["Deploy 新版本 to prod"]);
    expect(await texts(bob, "p")).toEqual(["Deploy 新版本 to prod"]);
    expect(await texts(bob, "rod")).toEqual([]);
    expect(await texts(cid, "会")).toEqual(["明天下午三点开会"]);
    expect(await texts(bob, "会", { senderId: bob.userId })).toEqual([]);
    expect(await texts(bob, "", { kind: "file" })).toEqual(["file"]);
    const files = (await (await ask(bob.token, { query: "季度" }, "files")).json()) as { hits: unknown[] };
    expect(files.hits).toHaveLength(1);
  });

  it("has, some seconds after, no term of what was recalled or edited away", async () => {
    const { bob, anns, conversationId } = await team();
    const recalled = await sendText(anns, { conversationId }, "龘靐齉爩");
    const edited = await sendText(anns, { conversationId }, "龖厵滟爨");
    await rebuildIndex(backing, env);
    const before = kept(conversationId, edited.seq)?.terms ?? [];
    expect(kept(conversationId, recalled.seq)?.terms.length).toBeGreaterThan(4);
    await anns.ok("message:recall", { conversationId, seq: recalled.seq });
    await anns.ok("message:edit", { conversationId, seq: edited.seq, content: { kind: "text", text: "麷鸝" } });
    // The sender and the kind are left.
    await waitFor(() => kept(conversationId, recalled.seq)?.terms.length === 2, { what: "the recalled terms to go" });
    await waitFor(() => kept(conversationId, edited.seq)?.terms.filter((term) => before.includes(term)).length === 2, {
      what: "the edited terms to go",
    });
    anns.close();
    expect(await texts(bob, "麷鸝")).toEqual(["麷鸝"]);
    expect(await texts(bob, "龖厵")).toEqual([]);
  });

  it("loses nothing when the server dies, nor while the engine is away", async () => {
    const { ann, bob, anns, conversationId } = await team();
    anns.close();
    await fill(ann, conversationId, "填充");
    await server.kill();
    engine.isBroken = true;
    server = await backing.start({ env });
    await fill(ann, conversationId, "又来");
    const away = await ask(bob.token, { query: "填充" });
    expect([away.status, await away.json()]).toMatchObject([503, { error: { code: "UNAVAILABLE" } }]);
    engine.isBroken = false;
    await waitFor(
      () =>
        new Set(
          engine
            .documents(INDEX)
            ?.filter((document) => document.conversationId === conversationId)
            .map(({ seq }) => seq),
        ).size >
          2 * MANY || undefined,
      { timeoutMs: 30_000, what: "all messages to be in the engine" },
    );
    expect(await texts(bob, "填充 799")).toEqual(["填充 799"]);
    expect(await texts(bob, "又来 0")).toHaveLength(1);
  });

  it("is filled by itself where the database kept the index before, and given up again", async () => {
    const { ann, bob, anns, conversationId } = await team();
    await sendText(anns, { conversationId }, "搬家之前");
    anns.close();
    await fill(ann, conversationId, "搬家");
    await server.stop();
    server = await backing.start({ env: { SERVER_KEY: KEY } });
    await rebuildIndex(backing);
    expect(await texts(bob, "搬家之前")).toEqual(["搬家之前"]);
    await server.stop();
    server = await backing.start({ env: { ...env, SEARCH_INDEX: "moved" } });
    await waitFor(
      () =>
        engine
          .documents("moved")
          ?.some((document) => document.conversationId === conversationId && document.seq > MANY),
      { timeoutMs: 30_000, what: "the engine to be filled" },
    );
    expect(await texts(bob, "搬家之前")).toEqual(["搬家之前"]);
  });
});
