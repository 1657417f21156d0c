import { describe, expect, it } from "vitest";
import { content, sendableContent } from "./content.ts";
import { ERROR_CODES, isErrorCode } from "./errors.ts";
import { historyRequest } from "./history.ts";
import { MAX_CUSTOM_BYTES, MAX_CUSTOM_DEPTH, MAX_TEXT_LENGTH } from "./limits.ts";
import { sendRequest, target } from "./message.ts";

const ID = "0b4e7a60-9d5c-4f4e-8a57-7ad2c6a3a1de";

const takes = (value: unknown) => sendableContent.safeParse(value).success;

/** Data nested so many levels deep. */
function nested(levels: number): unknown {
  let data: unknown = "x";
  for (let level = 0; level < levels; level += 1) data = level % 2 ? { in: data } : [data];
  return data;
}

describe("content", () => {
  it("of a text has a length in UTF-16 units", () => {
    const text = (value: unknown) => takes({ kind: "text", text: value });
    expect([text("x"), text("x".repeat(MAX_TEXT_LENGTH)), text("𠮷".repeat(MAX_TEXT_LENGTH / 2))]).toEqual([
      true,
      true,
      true,
    ]);
    expect([text(""), text("x".repeat(MAX_TEXT_LENGTH + 1)), text("\ud800"), text(7)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it("of a location is a place on earth", () => {
    const place = (lat: unknown, lng: unknown) => takes({ kind: "location", lat, lng });
    expect([place(-90, -180), place(90, 180), place(0.5, 0.5)]).toEqual([true, true, true]);
    expect([place(90.1, 0), place(0, -180.1), place(Number.NaN, 0), place("0", "0")]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it("of custom data is any JSON that every database keeps", () => {
    const custom = (data: unknown) => takes({ kind: "custom", type: "poll", data });
    expect(
      [null, 0, "", [], {}, { "": [1, null, true] }, nested(MAX_CUSTOM_DEPTH)].filter((data) => !custom(data)),
    ).toEqual([]);
    const bad = [
      undefined,
      Number.NaN,
      "\ud800",
      { "\ud800": 1 },
      nested(MAX_CUSTOM_DEPTH + 1),
      nested(100_000),
      new Map(),
      1n,
    ];
    expect(bad.filter(custom)).toEqual([]);
  });

  it("of custom data has a size in bytes", () => {
    const sized = (data: string) => takes({ kind: "custom", type: "big", data });
    expect(sized("x".repeat(MAX_CUSTOM_BYTES - 2))).toBe(true);
    expect(sized("x".repeat(MAX_CUSTOM_BYTES - 1))).toBe(false);
    expect(sized("好".repeat(MAX_CUSTOM_BYTES / 3))).toBe(false);
  });

  it("of the system may be read and not sent", () => {
    const left = { kind: "system", event: "member.left", by: "ann" };
    expect(content.safeParse(left).success).toBe(true);
    expect(takes(left)).toBe(false);
  });
});

describe("a message to send", () => {
  it("goes to one place", () => {
    const places = [{ userId: "a" }, { groupId: "a" }, { conversationId: "a" }];
    for (const to of places) expect(target.parse(to)).toEqual(to);
    for (const to of [{}, { userId: "a", groupId: "b" }, { userId: "a", more: 1 }, { userId: "" }, null]) {
      expect(target.safeParse(to).success).toBe(false);
    }
  });

  it("has one name, in whatever case it is written", () => {
    const request = { to: { userId: "a" }, content: { kind: "text", text: "x" } };
    expect(sendRequest.parse({ ...request, clientMessageId: ID.toUpperCase() }).clientMessageId).toBe(ID);
    // A UUID of any version, also those that a library of the embedding program makes.
    for (const clientMessageId of ["018f3b2e-0000-7000-8000-000000000000", "00000000-0000-0000-0000-000000000000"]) {
      expect(sendRequest.safeParse({ ...request, clientMessageId }).success).toBe(true);
    }
    for (const clientMessageId of ["", "7", `{${ID}}`, ID.replaceAll("-", ""), `${ID}0`, undefined]) {
      expect(sendRequest.safeParse({ ...request, clientMessageId }).success).toBe(false);
    }
  });
});

describe("a question for history", () => {
  it("names one place at most, and 0 is a place", () => {
    const asks = (places: object) => historyRequest.safeParse({ conversationId: "c", ...places }).success;
    expect([{}, { before: 0 }, { after: 0 }, { around: 0 }].filter((places) => !asks(places))).toEqual([]);
    expect(
      [
        { before: 0, after: 0 },
        { after: 1, around: 1 },
        { before: 1, after: 1, around: 1 },
      ].filter(asks),
    ).toEqual([]);
  });
});

describe("error codes", () => {
  it("have the statuses that the contract gives them", () => {
    expect(Object.fromEntries(Object.entries(ERROR_CODES).map(([code, { status }]) => [code, status]))).toEqual({
      BAD_REQUEST: 400,
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      BLOCKED: 403,
      MUTED: 403,
      NOT_MEMBER: 403,
      NOT_FOUND: 404,
      CONFLICT: 409,
      CURSOR_EXPIRED: 410,
      TOO_LARGE: 413,
      RATE_LIMITED: 429,
      INTERNAL: 500,
      UNAVAILABLE: 503,
    });
  });

  it("are told from everything else", () => {
    expect(["NOT_FOUND", "toString", "__proto__", "not_found", 404, undefined].filter(isErrorCode)).toEqual([
      "NOT_FOUND",
    ]);
  });
});
