import { beforeEach, describe, expect, it } from "vitest";
import { ImError } from "../shared/errors.ts";
import type { Command } from "./command.ts";
import { Ambiguous, Conflict, Transient } from "./timeline-store.ts";
import { PipelineUnderTest, textCommand } from "./testing/pipeline-under-test.ts";

let test: PipelineUnderTest;

beforeEach(() => {
  test = new PipelineUnderTest();
});

/** The texts of each commit. */
const batches = () => test.store.commits.map(({ messages }) => messages.map(({ message }) => message.clientMessageId));

/** What each promise came to: its value, or the code of its refusal. */
const outcomes = async (promises: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(promises)).map((result) =>
    result.status === "fulfilled" ? result.value : result.reason instanceof ImError ? result.reason.code : "thrown",
  );

const refusing: Command<string> = {
  locks: ["gteam"],
  decide: (stage) => {
    stage.post({
      conversationId: "gteam",
      senderId: "ann",
      clientMessageId: "x",
      content: { kind: "text", text: "x" },
    });
    throw new ImError("FORBIDDEN", "not allowed");
  },
};

/** Until a commit that is held back has taken its batch. */
const taken = () => expect.poll(() => test.pipeline.depth).toBe(0);

describe("batches", () => {
  it("take commands in the order in which they were submitted, all that came at once together", async () => {
    const sends = ["a", "b", "c", "d"].map((id) => test.send(id));
    expect(await Promise.all(sends)).toEqual(["a 1", "b 2", "c 3", "d 4"]);
    expect(batches()).toEqual([["a", "b", "c", "d"]]);
  });

  it("gather while a commit is in flight, and a lone command waits for nobody", async () => {
    const release = test.store.hold();
    const first = test.send("a");
    await taken();
    const later = ["b", "c", "d"].map((id) => test.send(id));
    expect(test.pipeline.depth).toBe(3);
    release();
    expect(await Promise.all([first, ...later])).toEqual(["a 1", "b 2", "c 3", "d 4"]);
    expect(batches()).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("hold 256 commands at most", async () => {
    await Promise.all(Array.from({ length: 600 }, (_, index) => test.send(`m${index}`)));
    expect(batches().map((texts) => texts.length)).toEqual([256, 256, 88]);
    expect(test.store.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  });

  it("hold a mebibyte of text at most, or one command", async () => {
    const sizes = [700, 300, 300, 2_000, 1, 1].map((kibibytes) => kibibytes * 1024);
    await Promise.all(sizes.map((bytes, index) => test.send(`m${index}`, { bytes })));
    expect(batches()).toEqual([["m0", "m1"], ["m2"], ["m3"], ["m4", "m5"]]);
  });

  it("end with the command that fills them with timeline rows, and lose none behind it", async () => {
    test.store.seed(
      "gbig",
      Array.from({ length: 2_000 }, (_, index) => `u${index}`),
    );
    const sends = Array.from({ length: 7 }, (_, index) =>
      test.send(`m${index}`, { senderId: "u0", conversationId: "gbig" }),
    );
    expect(await Promise.all(sends)).toEqual(sends.map((_, index) => `m${index} ${index + 1}`));
    expect(batches()).toEqual([["m0", "m1", "m2"], ["m3", "m4", "m5"], ["m6"]]);
  });

  it("take one command of each conversation in turn, so that a flood of one group holds up nobody else", async () => {
    test.store.seed(
      "gbig",
      Array.from({ length: 2_000 }, (_, index) => `u${index}`),
    );
    const flood = Array.from({ length: 12 }, (_, index) =>
      test.send(`m${index}`, { senderId: "u0", conversationId: "gbig" }),
    );
    const others = ["a", "b"].map((id) => test.send(id));
    await Promise.all([...flood, ...others]);
    expect(batches().slice(0, 2)).toEqual([
      ["m0", "a", "m1", "b", "m2"],
      ["m3", "m4", "m5"],
    ]);
  });

  it("are told after their commands are answered, in commit order, with the place in each timeline", async () => {
    const answered = (id: string) => test.send(id).then((answer) => test.log.push(`answered ${answer}`));
    await Promise.all([answered("a"), answered("b")]);
    await expect.poll(() => test.log).toHaveLength(3);
    await answered("c");
    await expect.poll(() => test.log).toHaveLength(5);
    expect(test.log).toEqual(["answered a 1", "answered b 2", "committed 2", "answered c 3", "committed 1"]);
    expect(test.fanOuts.map(({ userIds, seqs }) => [userIds, seqs])).toEqual([
      [
        ["ann", "bob"],
        [1, 1],
      ],
      [
        ["ann", "bob"],
        [2, 2],
      ],
      [
        ["ann", "bob"],
        [3, 3],
      ],
    ]);
  });
});

describe("a command that is refused", () => {
  it("leaves nothing behind and the others alone", async () => {
    const sent = [test.send("a"), test.pipeline.submit(refusing), test.send("b"), test.send("c", { senderId: "eve" })];
    expect(await outcomes(sent)).toEqual(["a 1", "FORBIDDEN", "b 2", "NOT_FOUND"]);
    expect(batches()).toEqual([["a", "b"]]);
    expect(test.faults).toEqual([]);
  });

  it("by a fault of its own is INTERNAL, alone, and the fault is reported", async () => {
    const fault = new TypeError("a fault");
    const broken: Command<string> = {
      locks: [],
      decide: () => {
        throw fault;
      },
    };
    expect(await outcomes([test.send("a"), test.pipeline.submit(broken), test.send("b")])).toEqual([
      "a 1",
      "INTERNAL",
      "b 2",
    ]);
    expect(test.faults).toEqual([fault]);
  });

  it("that only the database cannot take is INTERNAL, alone, and the fault is reported", async () => {
    const fault = new Error("data too long for column");
    test.store.refuse = ({ messages }) => {
      if (messages.some(({ message }) => message.clientMessageId === "poison")) throw fault;
    };
    const sends = ["a", "b", "poison", "c"].map((id) => test.send(id));
    expect(await outcomes(sends)).toEqual(["a 1", "b 2", "INTERNAL", "c 3"]);
    expect(test.faults).toEqual([fault]);
    expect(await test.send("d")).toBe("d 4");
  });

  it("is judged by what the commands before it did, though nothing of it is stored yet", async () => {
    const leave: Command<void> = {
      locks: ["gteam"],
      decide: (stage) => {
        const member = stage.membership("gteam").requireActive("gteam", "bob");
        stage.putMembers("gteam", [{ ...member, leftSeq: 1 }]);
      },
    };
    const sent = [
      test.send("a", { senderId: "bob" }),
      test.pipeline.submit(leave),
      test.send("b", { senderId: "bob" }),
      test.send("c"),
    ];
    expect(await outcomes(sent)).toEqual(["a 1", undefined, "NOT_MEMBER", "c 2"]);
    expect(test.store.commits[0]?.fanOuts.map(({ userIds }) => userIds)).toEqual([["ann", "bob"], ["ann"]]);
  });
});

describe("the database", () => {
  it("that asks for it gets the same batch again", async () => {
    test.store.failures.push({ error: new Transient("deadlock") }, { error: new Transient("deadlock") });
    let decided = 0;
    const counting: Command<void> = { locks: [], decide: () => void (decided += 1) };
    expect(await outcomes([test.send("a"), test.pipeline.submit(counting), test.send("b")])).toEqual([
      "a 1",
      undefined,
      "b 2",
    ]);
    expect(decided).toBe(3);
    expect(batches()).toEqual([["a", "b"]]);
  });

  it("that goes on asking is not asked for ever", async () => {
    const deadlock = { error: new Transient("deadlock") };
    test.store.failures.push(...Array.from({ length: 6 }, () => deadlock));
    await expect(test.send("a")).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 1_000 });
    expect(await test.send("a")).toBe("a 1");
  });

  it.each([
    ["did not commit", false, ["a 1", "b 2"]],
    ["did commit", true, ["a 1 duplicate", "b 2 duplicate"]],
  ])(
    "whose connection broke answers UNAVAILABLE; sending again then tells whether it %s",
    async (_, afterCommit, again) => {
      test.store.failures.push({ error: new Ambiguous("connection lost"), afterCommit });
      expect(await outcomes([test.send("a"), test.send("b")])).toEqual(["UNAVAILABLE", "UNAVAILABLE"]);
      expect(await Promise.all([test.send("a"), test.send("b")])).toEqual(again);
      expect(test.store.messages.map(({ clientMessageId }) => clientMessageId)).toEqual(["a", "b"]);
    },
  );

  it("that is away is so for those who wait behind as well, at once, so that none overtakes another", async () => {
    const release = test.store.hold();
    test.store.failures.push({ error: new Ambiguous("connection lost") });
    const first = test.send("a");
    await taken();
    const behind = ["b", "c"].map((id) => test.send(id));
    release();
    expect(await outcomes([first, ...behind])).toEqual(["UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE"]);
    expect(batches()).toEqual([]);
    expect(await test.send("a")).toBe("a 1");
  });

  it.each([
    ["cannot look up what is stored", [new Conflict("taken")], new Ambiguous("connection lost")],
    ["goes on asking for the same again", Array.from({ length: 6 }, () => new Transient("deadlock")), undefined],
    ["goes away while a batch is run one by one", [new Error("no reason"), new Ambiguous("lost")], undefined],
  ])("that %s lets none overtake those whom it refuses", async (_, errors, lookUpFailure) => {
    const release = test.store.hold();
    test.store.failures.push(...errors.map((error) => ({ error })));
    test.store.lookUpFailure = lookUpFailure;
    const first = ["a", "b"].map((id) => test.send(id));
    await taken();
    const behind = test.send("c");
    release();
    expect(await outcomes([...first, behind])).toEqual(["UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE"]);
    expect(batches()).toEqual([]);
    test.store.lookUpFailure = undefined;
    expect(await test.send("a")).toBe("a 1");
  });

  it("that is away even for looking up leaves nobody unanswered", async () => {
    await test.send("stored");
    test.store.lookUpFailure = new Ambiguous("connection lost");
    expect(await outcomes([test.send("a"), test.send("stored")])).toEqual(["UNAVAILABLE", "UNAVAILABLE"]);
    test.store.lookUpFailure = undefined;
    expect(await outcomes([test.send("a"), test.send("stored")])).toEqual(["a 2", "stored 1 duplicate"]);
  });
});

describe("back-pressure", () => {
  it("refuses at once what finds the queue full, and goes on when there is room", async () => {
    const release = test.store.hold();
    const first = test.send("first");
    await taken();
    const nothing: Command<void> = { locks: [], decide: () => undefined };
    const waiting = Array.from({ length: 10_000 }, () => test.pipeline.submit(nothing));
    expect(test.pipeline.depth).toBe(10_000);
    await expect(test.pipeline.submit(nothing)).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 1_000 });
    await expect(test.send("too many")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    release();
    await Promise.all([first, ...waiting]);
    expect(await test.send("too many")).toBe("too many 2");
  });
});

describe("draining", () => {
  it("answers all that was taken, tells of its commit, and takes nothing more", async () => {
    const release = test.store.hold();
    const first = test.send("a");
    await taken();
    const second = test.send("b");
    let drained = false;
    const drain = test.pipeline.drain().then(() => (drained = true));
    await expect(test.send("c")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(drained).toBe(false);
    release();
    await drain;
    expect(test.log).toEqual(["committed 1", "committed 1"]);
    expect(await Promise.all([first, second])).toEqual(["a 1", "b 2"]);
    await expect(test.pipeline.submit(textCommand("d"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("with nothing on its way is done at once", async () => {
    await test.pipeline.drain();
    expect(test.store.commits).toEqual([]);
  });
});
