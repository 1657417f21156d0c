import type { SearchFilesResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { type Person, sendText } from "../support/people.ts";
import { pictureOf, send, uploadFile, words } from "./file-calls.ts";
import { add, remove } from "./group-calls.ts";
import { restCodeOf, useServer } from "./one-server.ts";
import { rebuildIndex } from "./search-calls.ts";

const at = useServer();

async function search(person: Person, filters: Record<string, string | number> = {}): Promise<SearchFilesResponse> {
  const query = new URLSearchParams(Object.entries(filters).map(([name, value]) => [name, String(value)]));
  return person.rest("GET", `/api/v1/search/files?${query}`);
}

/** The names found, the newest first, what is marked in brackets. */
async function found(person: Person, query: string, filters: Record<string, string | number> = {}): Promise<string[]> {
  const { hits } = await search(person, { query, ...filters });
  return hits.map(({ file: { name = "?" }, ranges }) =>
    ranges
      .toReversed()
      .reduce((out, [from, to]) => `${out.slice(0, from)}[${out.slice(from, to)}]${out.slice(to)}`, name),
  );
}

const callerOf = ({ token }: Person) => ({ url: at.url, token });

/** Sends a file under this name. */
async function sendFile(person: Person, socket: Connection, conversationId: string, name: string) {
  const { fileId, size } = await uploadFile(callerOf(person), words(`what ${name} says`), name);
  return { ...(await send(socket, { conversationId }, { kind: "file", fileId })), fileId, size };
}

async function sendPicture(person: Person, socket: Connection, conversationId: string, name: string) {
  const { fileId } = await uploadFile(callerOf(person), await pictureOf("#0c7", 64, 48), name);
  return send(socket, { conversationId }, { kind: "image", fileId });
}

/** A group of Ann, Bob and Cid, without Dot. */
async function group() {
  const [ann, bob, cid, dot] = await at.people("Ann", "Bob", "Cid", "Dot");
  const [anns, bobs] = await at.connectAll(ann, bob);
  const made = await ann.createGroup("Team", [bob, cid]);
  return { ann, bob, cid, dot, anns, bobs, made, conversationId: made.conversationId };
}

/** Each holds before the messages are in the index, and after. */
const both = async (check: () => Promise<void>) => {
  await check();
  await rebuildIndex(at.backing);
  await check();
};

describe("files", () => {
  it("are found by parts of their names, in Chinese and by the beginnings of words, pictures too", async () => {
    const { ann, bob, anns, conversationId } = await group();
    await sendText(anns, { conversationId }, "季度报告在哪里？");
    const sent = await sendFile(ann, anns, conversationId, "2026年第三季度报告（终稿）.pdf");
    await sendFile(ann, anns, conversationId, "release_notes-v2.docx");
    await sendPicture(ann, anns, conversationId, "系统架构图.png");
    await both(async () => {
      expect(await found(bob, "季度")).toEqual(["2026年第三[季度]报告（终稿）.pdf"]);
      expect(await found(bob, "终")).toEqual(["2026年第三季度报告（[终]稿）.pdf"]);
      expect(await found(bob, "NOTES")).toEqual(["release_[notes]-v2.docx"]);
      expect(await found(bob, "v2 doc")).toEqual(["release_notes-[v2].[doc]x"]);
      expect(await found(bob, "架构")).toEqual(["系统[架构]图.png"]);
      expect(await found(bob, "otes")).toEqual([]);
      expect(await found(bob, "")).toEqual([
        "系统架构图.png",
        "release_notes-v2.docx",
        "2026年第三季度报告（终稿）.pdf",
      ]);
      const { hits } = await search(bob, { query: "季度" });
      expect(hits[0]).toMatchObject({
        message: { seq: sent.seq, senderId: ann.userId },
        file: { fileId: sent.fileId, size: sent.size },
      });
    });
  });

  it("are found by kind, conversation, sender and date", async () => {
    const { ann, bob, anns, bobs, conversationId } = await group();
    const first = await sendFile(ann, anns, conversationId, "计划一.txt");
    await sendFile(bob, bobs, conversationId, "计划二.txt");
    await sendPicture(ann, anns, conversationId, "计划三.png");
    const direct = await sendText(bobs, { userId: ann.userId }, "你好");
    await sendFile(bob, bobs, direct.conversationId, "计划四.txt");
    const { sentAt } = first;
    await both(async () => {
      expect(await found(ann, "计划")).toEqual(["[计划]四.txt", "[计划]三.png", "[计划]二.txt", "[计划]一.txt"]);
      expect(await found(ann, "计划", { kind: "image" })).toEqual(["[计划]三.png"]);
      expect(await found(ann, "计划", { kind: "file", conversationId })).toEqual(["[计划]二.txt", "[计划]一.txt"]);
      expect(await found(ann, "", { senderId: bob.userId })).toEqual(["计划四.txt", "计划二.txt"]);
      expect((await found(ann, "", { to: sentAt + 1 })).at(-1)).toBe("计划一.txt");
      expect(await found(ann, "", { to: sentAt })).toEqual([]);
      const { hits, more, page = "" } = await search(ann, { limit: 3 });
      expect([hits.length, more]).toEqual([3, true]);
      expect((await search(ann, { limit: 3, page })).hits.map(({ file }) => file.name)).toEqual(["计划一.txt"]);
    });
    expect(await restCodeOf(at.url, "GET", "/api/v1/search/files?kind=voice", { token: ann.token })).toBe(
      "400 BAD_REQUEST",
    );
  });

  it("are found only in messages that the asker may read, and that were not taken back", async () => {
    const { ann, bob, cid, dot, anns, bobs, made, conversationId } = await group();
    await sendFile(ann, anns, conversationId, "秘密 早.txt");
    await remove(ann, made, cid);
    const recalled = await sendFile(ann, anns, conversationId, "秘密 撤回.txt");
    await sendFile(ann, anns, conversationId, "秘密 中.txt");
    await add(ann, made, dot);
    const deleted = await sendFile(ann, anns, conversationId, "秘密 晚.txt");
    await anns.ok("message:recall", { conversationId, seq: recalled.seq });
    await bobs.ok("message:delete", { conversationId, seq: deleted.seq });
    const outsider = await at.person("Eve");
    await both(async () => {
      expect(await found(ann, "秘密")).toEqual(["[秘密] 晚.txt", "[秘密] 中.txt", "[秘密] 早.txt"]);
      expect(await found(bob, "秘密")).toEqual(["[秘密] 中.txt", "[秘密] 早.txt"]);
      expect(await found(cid, "秘密")).toEqual(["[秘密] 早.txt"]);
      expect(await found(dot, "秘密")).toEqual(["[秘密] 晚.txt"]);
      expect(await found(outsider, "")).toEqual([]);
    });
    const path = `/api/v1/search/files?conversationId=${conversationId}`;
    expect(await restCodeOf(at.url, "GET", path, { token: outsider.token })).toBe("404 NOT_FOUND");
  });
});
