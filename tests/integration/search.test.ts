import { randomUUID } from "node:crypto";
import type { SearchMessagesResponse } from "@im-webapp/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import type { Connection } from "../support/connection.ts";
import { Person, sendText } from "../support/people.ts";
import { Connection as Socket } from "../support/connection.ts";
import { add, remove } from "./group-calls.ts";
import { restCodeOf, useServer } from "./one-server.ts";
import { rebuildIndex } from "./search-calls.ts";
import { serverApi } from "./server-calls.ts";

const KEY = "a-key-of-the-tests";
const at = useServer({ env: { SERVER_KEY: KEY } });

async function search(person: Person, filters: Record<string, string | number>): Promise<SearchMessagesResponse> {
  const query = new URLSearchParams(Object.entries(filters).map(([name, value]) => [name, String(value)]));
  return person.rest("GET", `/api/v1/search/messages?${query}`);
}

/** The texts found, the newest first, what is marked in brackets. */
async function found(person: Person, query: string, filters: Record<string, string | number> = {}): Promise<string[]> {
  const { hits } = await search(person, { query, ...filters });
  return hits.map(({ message: { content }, ranges }) => {
    const text = content.kind === "text" ? content.text : content.kind === "location" ? (content.name ?? "") : "";
    return ranges
      .toReversed()
      .reduce((out, [from, to]) => `${out.slice(0, from)}[${out.slice(from, to)}]${out.slice(to)}`, text);
  });
}

/** A group in which these were said by Ann; Bob and Cid are members, Dot is not. */
async function said(...texts: string[]) {
  const [ann, bob, cid, dot] = await at.people("Ann", "Bob", "Cid", "Dot");
  const [anns, bobs] = await at.connectAll(ann, bob);
  const group = await ann.createGroup("Team", [bob, cid]);
  const { conversationId } = group;
  const places: { conversationId: string; seq: number }[] = [];
  for (const text of texts) places.push({ conversationId, seq: (await sendText(anns, { conversationId }, text)).seq });
  return { ann, bob, cid, dot, anns, bobs, group, conversationId, places };
}

const edit = (connection: Connection, place: { conversationId: string; seq: number }, text: string) =>
  connection.ok("message:edit", { ...place, content: { kind: "text", text } });

/** Each holds before the messages are in the index, and after. */
const both = async (check: () => Promise<void>) => {
  await check();
  await rebuildIndex(at.backing);
  await check();
};

describe("words", () => {
  it("are found in Chinese, in other scripts by their beginning, and in both mixed", async () => {
    const { bob } = await said(
      "明天下午三点开会",
      "会议改到周五",
      "Deploy 新版本 to prod",
      "production 已经部署",
      "ＷＩＤＥ 宽",
    );
    await both(async () => {
      expect(await found(bob, "会")).toEqual(["[会]议改到周五", "明天下午三点开[会]"]);
      expect(await found(bob, "下午")).toEqual(["明天[下午]三点开会"]);
      expect(await found(bob, "三点开会")).toEqual(["明天下午[三点开会]"]);
      expect(await found(bob, "午下")).toEqual([]);
      expect(await found(bob, "prod")).toEqual(["[prod]uction 已经部署", "Deploy 新版本 to [prod]"]);
      expect(await found(bob, "p")).toEqual(["[p]roduction 已经部署", "Deploy 新版本 to [p]rod"]);
      expect(await found(bob, "rod")).toEqual([]);
      expect(await found(bob, "DEPLOY 版本")).toEqual(["[Deploy] 新[版本] to prod"]);
      expect(await found(bob, "部署 prod")).toEqual(["[prod]uction 已经[部署]"]);
      expect(await found(bob, "wide")).toEqual(["[ＷＩＤＥ] 宽"]);
      expect(await found(bob, "没有这个")).toEqual([]);
    });
  });

  it("in a record of a chat that was handed on are found there, by those who have the record", async () => {
    const { bob, bobs, dot, conversationId, places } = await said("周五评审", "带上图纸");
    const eve = await at.person("Eve");
    const seqs = places.map(({ seq }) => seq);
    await bobs.ok("message:send", {
      clientMessageId: randomUUID(),
      to: { userId: dot.userId },
      content: { kind: "forward", conversationId, seqs },
    });
    await both(async () => {
      const { hits } = await search(dot, { query: "评审 图纸" });
      expect(hits.map(({ message: { content } }) => content.kind)).toEqual(["forward"]);
      expect(await search(eve, { query: "评审" })).toEqual({ hits: [], more: false });
      expect((await search(bob, { query: "图纸" })).hits).toHaveLength(2);
    });
  });

  it("are found by conversation, sender, kind and date, and by these alone", async () => {
    const { ann, bob, bobs, anns, conversationId } = await said("周报 一", "周报 二");
    await sendText(bobs, { conversationId }, "周报 三");
    await sendText(bobs, { userId: ann.userId }, "周报 四");
    const place = { kind: "location", lat: 1, lng: 2, name: "周报大厦" } as const;
    await anns.ok("message:send", { to: { conversationId }, clientMessageId: randomUUID(), content: place });
    const { hits } = await search(ann, { query: "周报 二" });
    const sentAt = hits[0]?.message.sentAt ?? 0;
    await both(async () => {
      expect(await found(ann, "周报", { conversationId })).toEqual([
        "[周报]大厦",
        "[周报] 三",
        "[周报] 二",
        "[周报] 一",
      ]);
      expect(await found(ann, "周报", { senderId: bob.userId })).toEqual(["[周报] 四", "[周报] 三"]);
      expect(await found(ann, "周报", { senderId: bob.userId, conversationId })).toEqual(["[周报] 三"]);
      expect(await found(ann, "周报", { kind: "location" })).toEqual(["[周报]大厦"]);
      expect(await found(ann, "", { kind: "location" })).toEqual(["周报大厦"]);
      expect(await found(ann, "周报", { to: sentAt })).toEqual(["[周报] 一"]);
      expect((await found(ann, "周报", { from: sentAt })).at(-1)).toBe("[周报] 二");
    });
    expect(await restCodeOf(at.url, "GET", "/api/v1/search/messages?query=%20", { token: ann.token })).toBe(
      "400 BAD_REQUEST",
    );
  });

  it("come in pages, each message once, the newest first", async () => {
    const { bob, ann, conversationId } = await said("起点");
    const api = serverApi(at.url, KEY);
    for (let count = 0; count < 6; count += 1) {
      const texts = Array.from({ length: 100 }, (_, i) => `记录 ${count * 100 + i}`);
      await api.send(
        texts.map((text) => ({ from: ann.userId, to: { conversationId }, content: { kind: "text", text } })),
      );
    }
    await both(async () => {
      const texts: string[] = [];
      let page: string | undefined;
      for (let pages = 0; pages < 20; pages += 1) {
        const answer = await search(bob, { query: "记录", limit: 70, ...(page !== undefined && { page }) });
        texts.push(...answer.hits.map(({ message: { content } }) => (content.kind === "text" ? content.text : "")));
        ({ page } = answer);
        if (!answer.more) break;
      }
      expect(texts).toEqual(Array.from({ length: 600 }, (_, i) => `记录 ${599 - i}`));
    });
  });
});

describe("only what the asker may see", () => {
  it("is found: not by outsiders, to those who left what was said before, to newcomers what came after", async () => {
    const { ann, bob, cid, dot, anns, group, conversationId } = await said("秘密 早");
    await remove(ann, group, cid);
    await sendText(anns, { conversationId }, "秘密 中");
    await add(ann, group, dot);
    await sendText(anns, { conversationId }, "秘密 晚");
    await both(async () => {
      expect(await found(bob, "秘密")).toEqual(["[秘密] 晚", "[秘密] 中", "[秘密] 早"]);
      expect(await found(cid, "秘密")).toEqual(["[秘密] 早"]);
      expect(await found(dot, "秘密")).toEqual(["[秘密] 晚"]);
    });
    const outsider = await at.person("Eve");
    expect(await found(outsider, "秘密")).toEqual([]);
    const path = `/api/v1/search/messages?query=%E7%A7%98&conversationId=${conversationId}`;
    expect(await restCodeOf(at.url, "GET", path, { token: outsider.token })).toBe("404 NOT_FOUND");
  });

  it("is found: nothing recalled, nothing edited away, nothing deleted for oneself", async () => {
    const { ann, bob, anns, bobs, places } = await said("撤回的话", "编辑前的话", "删除的话");
    await rebuildIndex(at.backing);
    const [recalled, edited, deleted] = places;
    await anns.ok("message:recall", recalled!);
    await edit(anns, edited!, "编辑后的新词");
    await bobs.ok("message:delete", deleted!);
    await both(async () => {
      expect(await found(bob, "撤回")).toEqual([]);
      expect(await found(bob, "编辑前")).toEqual([]);
      expect(await found(bob, "新词")).toEqual(["编辑后的[新词]"]);
      expect(await found(bob, "删除")).toEqual([]);
      expect(await found(ann, "删除")).toEqual(["[删除]的话"]);
      expect(await found(ann, "编辑")).toEqual(["[编辑]后的新词"]);
    });
  });
});

describe("a server that dies", () => {
  let backing: Backing;
  beforeAll(async () => {
    backing = await openBacking();
  });
  afterAll(() => backing.release());

  it("loses nothing that was acknowledged, whether it was in the index or not", async () => {
    const first = await backing.start({ env: { SERVER_KEY: KEY } });
    const ann = await Person.register(first.url, "Ann");
    const bob = await Person.register(first.url, "Bob");
    const socket = await Socket.open(first.url, ann.token);
    const { conversationId } = await sendText(socket, { userId: bob.userId }, "第一句");
    const api = serverApi(first.url, KEY);
    // Enough for the index to begin, at a moment that nobody knows.
    for (let count = 0; count < 8; count += 1) {
      const texts = Array.from({ length: 100 }, (_, i) => `填充 ${count * 100 + i}`);
      await api.send(
        texts.map((text) => ({ from: ann.userId, to: { conversationId }, content: { kind: "text", text } })),
      );
    }
    await sendText(socket, { userId: bob.userId }, "最后一句");
    await first.kill();
    socket.close();

    const second = await backing.start({ env: { SERVER_KEY: KEY } });
    try {
      const again = (query: string) =>
        fetch(`${second.url}/api/v1/search/messages?limit=200&query=${encodeURIComponent(query)}`, {
          headers: { authorization: `Bearer ${bob.token}` },
        }).then((answer) => answer.json() as Promise<SearchMessagesResponse>);
      const count = async (query: string) => (await again(query)).hits.length;
      const check = async () =>
        expect([await count("句"), await count("79"), await count("填充")]).toEqual([2, 11, 200]);
      await check();
      await rebuildIndex(backing);
      await check();
    } finally {
      await second.stop();
    }
  });
});
