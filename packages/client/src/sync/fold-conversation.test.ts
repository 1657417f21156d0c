import type { GroupPushEvent, Message } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { makeConversation, makeMessage } from "../../test/builders.ts";
import { deepFreeze } from "../../test/deep-freeze.ts";
import { isBehind, listed, withKnown } from "./conversation-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { foldPushes, foldReading } from "./fold-conversation.ts";
import type { ConversationReading } from "./fold-conversation.ts";

const LARGE = { type: "group", large: true, memberCount: 900 } as const;

function recordOf(overrides: Parameters<typeof makeConversation>[0] = {}): ConversationRecord {
  return listed(makeConversation({ ...LARGE, lastSeq: 4, changeSeq: 2, readSeq: 4, ...overrides }));
}

function pushOf(lastSeq: number, changeSeq: number, messages: readonly Message[], changes: readonly Message[] = []) {
  return { conversationId: "c1", lastSeq, changeSeq, messages: [...messages], changes: [...changes] };
}

const message = (seq: number, overrides: Partial<Message> = {}) => makeMessage({ seq, ...overrides });

function push(record: ConversationRecord, ...pushes: GroupPushEvent[]) {
  const folded = foldPushes(deepFreeze(new Map([["c1", record]])), deepFreeze(pushes), "me");
  return { ...folded, record: folded.changes.conversations.get("c1") };
}

function read(record: ConversationRecord, reading: Partial<ConversationReading>) {
  return foldReading(deepFreeze(record), deepFreeze({ messages: [], changes: [], ...reading }), "me");
}

describe("foldPushes", () => {
  it("takes what continues both positions, and drops what is held", () => {
    const edited = message(3, { version: 2 });
    const { record, changes, early } = push(
      recordOf(),
      pushOf(4, 2, [message(4)]),
      pushOf(6, 3, [message(5), message(6)], [edited]),
    );
    expect(record?.conversation).toMatchObject({ lastSeq: 6, changeSeq: 3, unread: 2, lastMessage: { seq: 6 } });
    expect(record?.held).toEqual({ lastSeq: 6, changeSeq: 3, large: true });
    expect(changes.messages.map(({ seq }) => seq)).toEqual([5, 6]);
    expect(changes.updates).toEqual([edited]);
    expect(early).toEqual([]);
  });

  it("puts pushes in order, and gives back those that leave a hole in either position", () => {
    const late = [pushOf(6, 2, [message(6)]), pushOf(5, 2, [message(5)])];
    expect(push(recordOf(), ...late).record?.held).toMatchObject({ lastSeq: 6 });
    for (const hole of [
      pushOf(6, 2, [message(6)]),
      pushOf(4, 4, [], [message(1, { version: 2 })]),
      // One that is older than the changes that count as held, as those of a view may.
      pushOf(5, 1, [message(5)]),
      // One that says less than it carries, or other than it says.
      pushOf(7, 2, [message(5), message(6)]),
      pushOf(6, 2, [message(5), message(7)]),
    ]) {
      const { early, changes } = push(recordOf(), hole);
      expect(early).toEqual([hole]);
      expect(changes).toMatchObject({ messages: [], updates: [], conversations: new Map() });
    }
    const unknown = { ...pushOf(1, 0, [makeMessage({ conversationId: "c9" })]), conversationId: "c9" };
    expect(push(recordOf(), unknown).early).toEqual([unknown]);
  });

  it("takes what lies beyond the held of a push that begins below it", () => {
    const { record, changes } = push(
      recordOf(),
      pushOf(5, 3, [message(4), message(5)], [message(2, { version: 3 }), message(4, { version: 2 })]),
    );
    expect(changes.messages.map(({ seq }) => seq)).toEqual([5]);
    expect(changes.updates.map(({ seq }) => seq)).toEqual([2, 4]);
    expect(record?.held).toMatchObject({ lastSeq: 5, changeSeq: 3 });
  });

  it("takes messages that continue although changes before theirs are missing, and knows of these", () => {
    const hidden = pushOf(5, 4, [message(4), message(5)], [message(1, { version: 3 })]);
    const { record, changes, early } = push(recordOf(), hidden);
    expect(changes.messages.map(({ seq }) => seq)).toEqual([5]);
    expect(record?.held).toMatchObject({ lastSeq: 5, changeSeq: 2 });
    expect(record?.conversation).toMatchObject({ lastSeq: 5, changeSeq: 4 });
    expect(early).toEqual([hidden]);
    // What fills the hole lets it count; alone it changes nothing.
    expect(push(record!, hidden).changes.conversations.size).toBe(0);
    const filled = push(record!, hidden, pushOf(4, 3, [], [message(1, { version: 2 })]));
    expect(filled.record?.held).toMatchObject({ lastSeq: 5, changeSeq: 4 });
    expect(filled.early).toEqual([]);
  });

  it("shows a message that changes in the same push as changed, and delivers own ones", () => {
    const own = message(5, { senderId: "me", clientMessageId: "x" });
    const edited = { ...own, version: 2 };
    const { record, changes } = push(recordOf({ readSeq: 1 }), pushOf(5, 3, [own], [edited]));
    expect(changes).toMatchObject({ messages: [edited], updates: [], delivered: ["x"] });
    expect(record?.conversation).toMatchObject({ readSeq: 5, unread: 0, lastMessage: edited });
  });

  it("knows from then on that changes may be missing from the timeline", () => {
    const small = listed(makeConversation({ type: "group", memberCount: 3, lastSeq: 4, changeSeq: 2 }));
    expect(push(small, pushOf(5, 2, [message(5)])).record?.held.large).toBe(true);
  });
});

describe("foldReading", () => {
  const behind = (): ConversationRecord => withKnown(recordOf(), { lastSeq: 7, changeSeq: 3 });

  it("counts messages as held as they come, over those that are not this user's to see, and changes at the end", () => {
    const record = behind();
    expect(isBehind(record)).toBe(true);
    const changed = read(record, { changes: [message(2, { version: 2 })] });
    expect(changed.record.held).toMatchObject({ lastSeq: 4, changeSeq: 2 });
    expect(changed.changes.updates).toHaveLength(1);
    const part = read(changed.record, { messages: [message(5), message(7)], lastSeq: 7 });
    expect(part.record.held).toMatchObject({ lastSeq: 7, changeSeq: 2 });
    expect(isBehind(part.record)).toBe(true);
    const whole = read(part.record, { lastSeq: 7, changeSeq: 3 });
    expect(isBehind(whole.record)).toBe(false);
  });

  it("never moves back, and not beyond what it has read", () => {
    const { record } = read(behind(), { lastSeq: 2, changeSeq: 1 });
    expect(record.held).toMatchObject({ lastSeq: 4, changeSeq: 2 });
    expect(read(behind(), { lastSeq: 9, changeSeq: 8 }).record.conversation).toMatchObject({
      lastSeq: 9,
      changeSeq: 8,
    });
  });

  it("trusts the timeline with the changes again once a small group's are all read", () => {
    const shrunk = listed(makeConversation({ type: "group", memberCount: 3, lastSeq: 4, changeSeq: 2 }));
    const record = withKnown({ ...shrunk, held: { ...shrunk.held, large: true } }, { lastSeq: 5, changeSeq: 4 });
    // With all messages read, changes still count as missing: another large spell may have passed meanwhile.
    const part = read(record, { messages: [message(5)], lastSeq: 5 });
    expect(part.record.held).toEqual({ lastSeq: 5, changeSeq: 2, large: true });
    expect(read(part.record, { lastSeq: 5, changeSeq: 3 }).record.held.large).toBe(true);
    expect(read(part.record, { lastSeq: 5, changeSeq: 4 }).record.held).toEqual({
      lastSeq: 5,
      changeSeq: 4,
      large: false,
    });
    expect(read(behind(), { lastSeq: 7, changeSeq: 3 }).record.held.large).toBe(true);
  });
});
