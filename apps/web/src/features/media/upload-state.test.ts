import type { OutgoingMessage } from "@im-webapp/client";
import { expect, it } from "vitest";
import { isUploading, percentOf, uploadWords } from "./upload-state.ts";

const MIB = 1024 * 1024;

function sending(change: Partial<OutgoingMessage["upload"]> = {}, message: Partial<OutgoingMessage> = {}) {
  return {
    clientMessageId: "m",
    conversationId: "c",
    content: { kind: "file", fileId: "" },
    createdAt: 1,
    status: "waiting",
    upload: { name: "a.zip", sentBytes: 0, totalBytes: 4 * MIB, paused: false, ...change },
    ...message,
  } satisfies OutgoingMessage;
}

it("counts in whole percent, and never says that all is there", () => {
  expect([0, MIB, 4 * MIB - 1, 4 * MIB].map((sentBytes) => percentOf(sending({ sentBytes }).upload))).toEqual([
    0, 25, 99, 99,
  ]);
  expect(percentOf(sending({ totalBytes: 0 }).upload)).toBe(0);
});

it("says why a file does not move, and how far a large one is", () => {
  expect(uploadWords(sending(), true)).toBe("uploading");
  expect(uploadWords(sending({ totalBytes: 9_000 }), true)).toBeUndefined();
  expect(uploadWords(sending({ totalBytes: 9_000 }), false)).toBe("waiting");
  expect(uploadWords(sending({ paused: true }), false)).toBe("paused");
});

it("has nothing to say of what is there, or was refused", () => {
  const there = sending({}, { content: { kind: "file", fileId: "f" } });
  const refused = sending({}, { status: "failed" });
  const { upload: _upload, ...text } = sending({}, { content: { kind: "text", text: "hi" } });
  for (const message of [there, refused, text]) {
    expect(isUploading(message)).toBe(false);
    expect(uploadWords(message, false)).toBeUndefined();
  }
});
