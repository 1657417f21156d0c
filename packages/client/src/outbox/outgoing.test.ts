import { describe, expect, it } from "vitest";
import { makeOutgoing } from "../../test/builders.ts";
import type { OutgoingRecord } from "../store/local-store.ts";
import { sendable, toOutgoingMessage } from "./outgoing.ts";

const upload = { name: "a.bin", sentBytes: 0, totalBytes: 9, paused: false };
const parts = [{ name: "a.bin", bytes: 9 }];

/** A message whose file is on its way. */
const uploading = (id: string, change: Partial<OutgoingRecord> = {}) =>
  makeOutgoing(id, { content: { kind: "file", fileId: "" }, upload, parts, ...change });

/** One whose file has come. */
const uploaded = (id: string) => makeOutgoing(id, { content: { kind: "file", fileId: id }, upload });

const next = (...records: OutgoingRecord[]) =>
  sendable(records, () => false).map(({ clientMessageId }) => clientMessageId);

describe("what may be sent", () => {
  it("is text before a file that is on its way, and files in their order", () => {
    const caption = makeOutgoing("caption", { afterFiles: true });
    const text = makeOutgoing("text");
    expect(next(uploading("first"), uploaded("second"), caption, text)).toEqual(["text"]);
    expect(next(uploading("first"), uploaded("second"), caption)).toEqual([]);
    expect(next(uploaded("first"), uploaded("second"), caption)).toEqual(["first"]);
    expect(next(uploaded("second"), caption)).toEqual(["second"]);
    expect(next(caption, text)).toEqual(["caption"]);
  });

  it("is a file after one that is paused or refused, and one in another conversation", () => {
    expect(next(uploading("stays", { upload: { ...upload, paused: true } }), uploaded("passes"))).toEqual(["passes"]);
    const error = { code: "TOO_LARGE", message: "too large" } as const;
    expect(next(uploading("stays", { error }), uploaded("passes"))).toEqual(["passes"]);
    expect(next(uploading("stays", { conversationId: "c2" }), uploaded("passes"))).toEqual(["passes"]);
  });
});

it("shows how far a file has come, and not how it is brought there", () => {
  expect(toOutgoingMessage(uploading("a", { afterFiles: true }), false)).toEqual({
    clientMessageId: "a",
    conversationId: "c1",
    content: { kind: "file", fileId: "" },
    createdAt: 1,
    upload,
    status: "waiting",
  });
});
