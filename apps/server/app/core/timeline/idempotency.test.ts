import { beforeEach, describe, expect, it } from "vitest";
import { ImError } from "../shared/errors.ts";
import { Ambiguous, Transient } from "./timeline-store.ts";
import { PipelineUnderTest } from "./testing/pipeline-under-test.ts";

/** Runs of one batch before it is given up. */
const ATTEMPTS = 6;

let test: PipelineUnderTest;

beforeEach(() => {
  test = new PipelineUnderTest();
});

const forbidding = () => {
  throw new ImError("FORBIDDEN", "not any more");
};

describe("a message that is stored already", () => {
  it("answers as the first, and the rest of its batch is committed", async () => {
    await test.send("once");
    const answers = await Promise.all([test.send("a"), test.send("once"), test.send("b")]);
    expect(answers).toEqual(["a 2", "once 1 duplicate", "b 3"]);
    expect(test.store.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("answers as the first also when it would be refused by now", async () => {
    await test.send("once");
    expect(await test.send("once", { decide: forbidding })).toBe("once 1 duplicate");
    await expect(test.send("other", { decide: forbidding })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("is not refused for good while it cannot be looked up", async () => {
    await test.send("once");
    test.store.lookUpFailure = new Ambiguous("connection lost");
    await expect(test.send("once", { decide: forbidding })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    // What can be no repeat is refused as it is.
    const command = { locks: ["gteam"], decide: forbidding };
    await expect(test.pipeline.submit(command)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("belongs to its sender", async () => {
    expect(await Promise.all([test.send("same"), test.send("same", { senderId: "bob" })])).toEqual([
      "same 1",
      "same 2",
    ]);
  });
});

describe("the same message while it is on its way", () => {
  it("comes after the first, and is stored once", async () => {
    const release = test.store.hold();
    const sends = Array.from({ length: 5 }, () => test.send("once"));
    const other = test.send("other");
    release();
    expect(await Promise.all(sends)).toEqual(["once 1", ...Array<string>(4).fill("once 1 duplicate")]);
    expect(await other).toBe("other 2");
  });

  it("is not known to be stored either when that is not known of the first, and can be sent again", async () => {
    test.store.failures.push({ error: new Ambiguous("connection lost") });
    const results = await Promise.allSettled([test.send("once"), test.send("once"), test.send("once")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await Promise.all([test.send("once"), test.send("once")])).toEqual(["once 1", "once 1 duplicate"]);
    expect(test.store.messages).toHaveLength(1);
  });

  it("is not overtaken by what its sender sent after it, though the first came to nothing", async () => {
    const release = test.store.hold();
    const first = test.send("once");
    await expect.poll(() => test.pipeline.depth).toBe(0);
    // The first copy is of a connection that has broken since; the second, and what follows it, came over another.
    const sends = [test.send("once"), test.send("after")];
    test.store.failures.push(...Array.from({ length: ATTEMPTS }, () => ({ error: new Transient("locked") })));
    release();
    const results = await Promise.allSettled([first, ...sends]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(test.store.messages).toEqual([]);
  });

  it("in a later batch answers as the first", async () => {
    const release = test.store.hold();
    const first = test.send("once");
    await expect.poll(() => test.pipeline.depth).toBe(0);
    const sends = [test.send("other"), test.send("once"), test.send("third")];
    release();
    expect([await first, ...(await Promise.all(sends))]).toEqual(["once 1", "other 2", "once 1 duplicate", "third 3"]);
  });

  it("is refused by its own right when the first was refused", async () => {
    const sends = [test.send("once", { decide: forbidding }), test.send("once", { decide: forbidding })];
    const results = await Promise.allSettled(sends);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await test.send("once")).toBe("once 1");
  });
});
