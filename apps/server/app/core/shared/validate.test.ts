import { MAX_CUSTOM_BYTES, MAX_TEXT_LENGTH, sendRequest } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ImError } from "./errors.ts";
import { validate } from "./validate.ts";

const ID = "0b4e7a60-9d5c-4f4e-8a57-7ad2c6a3a1de";
const LONG = { kind: "text", text: "x".repeat(MAX_TEXT_LENGTH + 1) };
const send = (more: object) => ({
  clientMessageId: ID,
  to: { userId: "bob" },
  content: { kind: "text", text: "hi" },
  ...more,
});

function refusalOf(schema: z.ZodType, payload: unknown): ImError {
  try {
    validate(schema, payload);
  } catch (error) {
    if (error instanceof ImError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

const codeOf = (payload: unknown) => refusalOf(sendRequest, payload).code;

describe("what passes", () => {
  it("comes out as the schema makes it", () => {
    const request = send({ clientMessageId: ID.toUpperCase(), unknown: true });
    expect(validate(sendRequest, request)).toEqual(send({}));
  });
});

describe("TOO_LARGE", () => {
  it("is for a payload with nothing wrong but the size of a text", () => {
    expect(codeOf(send({ content: LONG }))).toBe("TOO_LARGE");
    const data = "d".repeat(MAX_CUSTOM_BYTES);
    expect(codeOf(send({ content: { kind: "custom", type: "big", data } }))).toBe("TOO_LARGE");
  });

  it.each([
    ["another field is wrong as well", { content: LONG, clientMessageId: "7" }],
    ["a field is missing as well", { content: LONG, to: undefined }],
    ["another list is too long, which is no text", { mentions: Array.from({ length: 501 }, (_, i) => `u${i}`) }],
    ["an id is too long", { to: { userId: "u".repeat(65) } }],
    ["the text is too short", { content: { kind: "text", text: "" } }],
  ])("is not when %s", (_, more) => {
    expect(codeOf(send(more))).toBe("BAD_REQUEST");
  });

  it("is for one branch of a union that is only too large", () => {
    const short = z.string().refine((text) => text.length < 3, { params: { code: "TOO_LARGE" } });
    expect(refusalOf(z.union([z.number(), short]), "long").code).toBe("TOO_LARGE");
    expect(refusalOf(z.union([z.number(), short]), true).code).toBe("BAD_REQUEST");
  });
});

describe("BAD_REQUEST", () => {
  it("names every field that is wrong, by its path", () => {
    const error = refusalOf(
      sendRequest,
      send({ clientMessageId: "7", content: { kind: "location", lat: 91, lng: "0" } }),
    );
    const fields = error.details?.fields ?? [];
    expect(fields.map(({ path }) => path)).toEqual(["clientMessageId", "content.lat", "content.lng"]);
    for (const { message } of fields) expect(message).not.toBe("");
    expect(error.message).toContain("content.lat: ");
  });

  it.each([[undefined], [null], [7], ["text"], [[]], [{}], [Number.NaN], [Buffer.from("binary")], [new Map()]])(
    "is the answer to %s",
    (payload) => {
      expect(codeOf(payload)).toBe("BAD_REQUEST");
    },
  );

  it("is the answer to what is nested without end", () => {
    let data: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) data = [data];
    expect(codeOf(send({ content: { kind: "custom", type: "deep", data } }))).toBe("BAD_REQUEST");
    const recursive: z.ZodType = z.lazy(() => z.array(recursive));
    expect(refusalOf(recursive, data).message).toBe("the payload cannot be read");
  });

  it("is the answer to keys that mean something to the language", () => {
    const payload = JSON.parse(`{"__proto__": {"clientMessageId": "${ID}"}, "constructor": 1}`) as unknown;
    expect(codeOf(payload)).toBe("BAD_REQUEST");
    expect(codeOf(send({ to: JSON.parse('{"userId": "bob", "__proto__": {}}') as unknown }))).toBe("BAD_REQUEST");
  });
});
