import type { Message } from "@im-webapp/protocol";
import { expect, it, vi } from "vitest";
import { unavailable } from "../errors.ts";
import { MemoryStore } from "../store/memory-store.ts";
import type { RemoteContext } from "./remote.ts";
import { SearchCalls } from "./search.ts";

const message = (conversationId: string, seq: number, text: string, senderId = "ann"): Message => ({
  messageId: `${conversationId}-${seq}`,
  conversationId,
  seq,
  senderId,
  sentAt: 1_000 + seq,
  clientMessageId: `${conversationId}-${seq}`,
  content: { kind: "text", text },
  version: 1,
});

/** The calls over a cache with these messages; the server answers by `send`. */
async function callsOver(messages: readonly Message[], send: () => Promise<unknown>) {
  const store = await new MemoryStore().openAccount("ann");
  for (const one of messages) await store.putMessages(one.conversationId, [one]);
  const want = vi.fn();
  const account = { store, directory: { want } };
  return { want, calls: new SearchCalls({ send, account: () => account } as unknown as RemoteContext) };
}

const away = () => Promise.reject(unavailable("network", "no network"));

it("gives the server's page, and asks for the names in it", async () => {
  const hit = { message: message("c1", 1, "你好", "bob"), ranges: [[0, 2]] };
  const send = vi.fn(() => Promise.resolve({ hits: [hit], more: false }));
  const { calls, want } = await callsOver([], send);
  expect(await calls.messages({ query: "你好", from: 5 }, "next")).toEqual({
    hits: [hit],
    more: false,
    source: "server",
  });
  expect(send).toHaveBeenCalledWith({
    method: "GET",
    path: "/search/messages?query=%E4%BD%A0%E5%A5%BD&from=5&page=next",
  });
  expect(want).toHaveBeenCalledWith(["bob"]);
});

it("looks through the cache where the server cannot be reached, by the same rules", async () => {
  const { calls } = await callsOver(
    [message("c1", 1, "周五开会"), message("c1", 2, "Party at 八点", "bob"), message("c2", 9, "开会了", "bob")],
    away,
  );
  const texts = async (question: Parameters<SearchCalls["messages"]>[0]) => {
    const { hits, source } = await calls.messages(question);
    expect(source).toBe("cache");
    return hits.map((hit) => [hit.message.messageId, hit.ranges]);
  };
  expect(await texts({ query: "会" })).toEqual([
    ["c2-9", [[1, 2]]],
    ["c1-1", [[3, 4]]],
  ]);
  expect(await texts({ query: "art" })).toEqual([]);
  expect(await texts({ query: "开会", conversationId: "c1" })).toEqual([["c1-1", [[2, 4]]]]);
  expect(await texts({ query: "", senderId: "bob", to: 1_005 })).toEqual([["c1-2", []]]);
  expect(await texts({ query: "开会", kind: "file" })).toEqual([]);
});

it("passes on what the server refuses, and that a further page cannot be had", async () => {
  const { calls } = await callsOver([], away);
  await expect(calls.messages({ query: "a" }, "next")).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

it("finds files by their names, on the server and in the cache, pictures there without a query only", async () => {
  const file = (seq: number, name: string): Message => ({
    ...message("c1", seq, "", "bob"),
    content: { kind: "file", fileId: `f${seq}`, name, size: 10, mime: "application/pdf" },
  });
  const picture: Message = {
    ...message("c1", 3, ""),
    content: { kind: "image", fileId: "f3", width: 4, height: 3, size: 9 },
  };
  const cached = [file(1, "季度报告.pdf"), file(2, "notes.pdf"), picture, message("c1", 4, "季度报告.pdf")];
  const { calls, want } = await callsOver(cached, away);
  const names = async (question: Parameters<SearchCalls["files"]>[0]) =>
    (await calls.files(question)).hits.map((hit) => [hit.file.fileId, hit.file.name, hit.ranges]);
  expect(await names({ query: "报告" })).toEqual([["f1", "季度报告.pdf", [[2, 4]]]]);
  expect(want).toHaveBeenCalledWith(["bob"]);
  expect(await names({ query: "" })).toEqual([
    ["f3", undefined, []],
    ["f2", "notes.pdf", []],
    ["f1", "季度报告.pdf", []],
  ]);
  expect(await names({ query: "", kind: "image" })).toEqual([["f3", undefined, []]]);

  const send = vi.fn(() => Promise.resolve({ hits: [], more: true, page: "p" }));
  const online = await callsOver(cached, send);
  expect(await online.calls.files({ query: "报告", kind: "file", conversationId: "c1" })).toEqual({
    hits: [],
    more: true,
    page: "p",
    source: "server",
  });
  expect(send).toHaveBeenCalledWith({
    method: "GET",
    path: "/search/files?query=%E6%8A%A5%E5%91%8A&conversationId=c1&kind=file",
  });
});
