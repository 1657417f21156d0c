import { expect, it } from "vitest";
import { noticeWords } from "./notice-words.ts";

const place = { conversationId: "c", seq: 3, unread: 1 };

it("says who said what, in the device's language", () => {
  expect(noticeWords({ ...place, title: "Ann", kind: "text", text: "hi" }, "en")).toEqual({ title: "Ann", body: "hi" });
  expect(noticeWords({ ...place, title: "周末", senderName: "小明", kind: "image" }, "zh-CN")).toEqual({
    title: "周末",
    body: "小明: [图片]",
  });
  const mention = { ...place, title: "周末", senderName: "Bob", kind: "text", text: "@me", mentioned: true as const };
  expect(noticeWords(mention, "zh-CN").body).toBe("[有人@我] Bob: @me");
});

it("says only that there is something where that is hidden, or of a kind that it does not know", () => {
  expect(noticeWords(place, "zh-CN")).toEqual({ title: "新消息", body: "你有一条新消息" });
  expect(noticeWords({ ...place, title: "Ann", kind: "hologram" }, "en").body).toBe("You have a new message");
});
