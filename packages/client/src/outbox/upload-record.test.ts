import { describe, expect, it } from "vitest";
import type { OutgoingRecord } from "../store/local-store.ts";
import { newOutgoing } from "./outgoing.ts";
import {
  begunAgain,
  begunUrls,
  isUploading,
  newFileMessage,
  withFileId,
  withPaused,
  withProgress,
  withUrl,
} from "./upload-record.ts";

const FILM = new Blob(["0123456789"]);
const STILL = new Blob(["abc"]);

function film(): OutgoingRecord {
  const input = {
    conversationId: "c1",
    file: FILM,
    name: "film.mp4",
    as: "video",
    width: 640,
    height: 360,
    durationMs: 2_000,
    thumbnail: STILL,
    replyTo: 3,
  } as const;
  return newFileMessage(input, newOutgoing).record;
}

describe("a message with files", () => {
  it("says what it will carry, and how much there is to upload", () => {
    expect(film()).toMatchObject({
      conversationId: "c1",
      replyTo: 3,
      content: { kind: "video", fileId: "", width: 640, height: 360, durationMs: 2_000 },
      upload: { name: "film.mp4", sentBytes: 0, totalBytes: 13, paused: false, width: 640, height: 360 },
      parts: [
        { name: "film.mp4", bytes: 10 },
        { name: "thumbnail.jpg", bytes: 3 },
      ],
    });
  });

  it.each([
    ["image", { kind: "image", fileId: "" }],
    ["file", { kind: "file", fileId: "" }],
    ["voice", { kind: "voice", fileId: "", durationMs: 900, waveform: [1, 2] }],
  ] as const)("carries a %s with what belongs to one", (as, content) => {
    const input = { conversationId: "c1", file: STILL, name: "a", as, durationMs: 900, waveform: [1, 2] };
    expect(newFileMessage(input, newOutgoing).record.content).toEqual(content);
  });

  it("counts what has come of all its files, and is ready with the last of them", () => {
    const half = withProgress(withUrl(film(), 0, "/api/v1/uploads/film"), 0, 4);
    expect(half.upload?.sentBytes).toBe(4);
    expect(begunUrls(half)).toEqual(["/api/v1/uploads/film"]);
    const first = withFileId(half, 0, "film");
    expect(first.upload?.sentBytes).toBe(10);
    expect(begunUrls(first)).toEqual([]);
    expect(isUploading(first)).toBe(true);
    const second = withProgress(first, 1, 1);
    expect(second.upload?.sentBytes).toBe(11);
    const whole = withFileId(second, 1, "still");
    expect(whole).not.toHaveProperty("parts");
    expect(whole.upload?.sentBytes).toBe(13);
    expect(whole.content).toMatchObject({ fileId: "film", thumbnail: "still" });
    expect(isUploading(whole)).toBe(false);
    // What is told late changes nothing any more.
    expect(withProgress(whole, 1, 2)).toBe(whole);
    expect(withUrl(whole, 1, "/api/v1/uploads/late")).toBe(whole);
    expect(withPaused(whole, true)).toBe(whole);
  });

  it("stops and goes on, and stops for good where it was refused", () => {
    const paused = withPaused(film(), true);
    expect(paused.upload?.paused).toBe(true);
    expect(isUploading(paused)).toBe(false);
    expect(withPaused(paused, true)).toBe(paused);
    expect(isUploading(withPaused(paused, false))).toBe(true);
    expect(isUploading({ ...film(), error: { code: "TOO_LARGE", message: "too large" } })).toBe(false);
  });

  it("begins again as if nothing had been sent", () => {
    const before = film();
    const sent = withFileId(withFileId(before, 0, "film"), 1, "still");
    const refused: OutgoingRecord = { ...sent, attempted: true, error: { code: "NOT_FOUND", message: "gone" } };
    expect(begunAgain(refused, [FILM, STILL])).toEqual(before);
  });
});
