import { DatabaseError, UniqueConstraintError } from "sequelize";
import { expect, it } from "vitest";
import type { ScratchHost } from "../drift/scratch.ts";
import { withMigratedDatabase } from "./with-migrated.ts";

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const TEXT = { kind: "text", text: "你好 👋 \\ ' \" %_" } as const;

const message = (seq: number, clientMessageId: string) => ({
  conversationId: "c1",
  seq,
  senderId: "u1",
  receiverId: "u2",
  clientMessageId,
  content: TEXT,
  sentAt: AT,
});

const user = (userId: string, usernameKey: string) => ({
  userId,
  username: usernameKey,
  usernameKey,
  displayName: usernameKey,
  createdAt: AT,
  updatedAt: AT,
});

/** What models give and refuse, alike in any dialect. */
export function rowsConformance(host: () => ScratchHost): void {
  it("gives JSON parsed, booleans and large sequences as what they are, and defaults", () =>
    withMigratedDatabase(host(), async ({ models: { Message, Member, PushHistory } }) => {
      await Message.create({ ...message(Number.MAX_SAFE_INTEGER, "m1"), mentions: "all", reactions: [] });
      const found = await Message.findOne({ where: { conversationId: "c1" }, rejectOnEmpty: true });
      expect(found.get()).toEqual({
        ...message(Number.MAX_SAFE_INTEGER, "m1"),
        groupId: null,
        version: 1,
        replyTo: null,
        mentions: "all",
        reactions: [],
        changeSeq: 0,
        editedAt: null,
        recalledAt: null,
      });

      await Member.bulkCreate([{ conversationId: "c1", userId: "u1", markedUnread: true, joinedAt: AT }]);
      const member = await Member.findOne({ where: { markedUnread: true, pinned: false }, rejectOnEmpty: true });
      expect(member.get()).toMatchObject({ role: 0, readSeq: 0, pinned: false, markedUnread: true, leftSeq: null });

      await PushHistory.create({ userId: "u1", seq: 1, type: "read", payload: { readSeq: 7 }, at: AT });
      const entry = await PushHistory.findOne({ rejectOnEmpty: true });
      await entry.reload();
      expect([entry.payload, entry.at, entry.messageSeq]).toEqual([{ readSeq: 7 }, AT, null]);
    }));

  it("finds rows by moments and orders them", () =>
    withMigratedDatabase(host(), async ({ models: { User } }) => {
      await User.bulkCreate([user("a", "a"), { ...user("b", "b"), createdAt: AT + 1 }]);
      expect(await User.count({ where: { createdAt: AT } })).toBe(1);
      const newest = await User.findOne({ order: [["createdAt", "DESC"]], rejectOnEmpty: true });
      expect([newest.userId, newest.createdAt]).toEqual(["b", AT + 1]);
    }));

  it("tells ids apart that differ in case, accent or width, and finds names without regard to case", () =>
    withMigratedDatabase(host(), async ({ models: { User }, sequelize }) => {
      const ids = ["a", "A", "á", "ａ", "ß", "ss"];
      await User.bulkCreate(ids.map((id) => user(id, id)));
      for (const id of ids) expect((await User.findByPk(id))?.userId).toBe(id);
      const [rows] = await sequelize.query(
        "SELECT user_id FROM user WHERE display_name LIKE 'A%' AND user_id IN ('a', 'A')",
      );
      expect(rows).toHaveLength(2);
    }));

  it("refuses a second message of one sender and client id, and a second one in a place", () =>
    withMigratedDatabase(host(), async ({ models: { Message } }) => {
      await Message.create(message(1, "m1"));
      await expect(Message.create(message(2, "m1"))).rejects.toThrow(UniqueConstraintError);
      await expect(Message.create(message(1, "m2"))).rejects.toThrow(UniqueConstraintError);
    }));

  it("refuses a message for nobody and one for two, except from the system", () =>
    withMigratedDatabase(host(), async ({ models: { Message } }) => {
      const forNobody = Message.create({ ...message(1, "m1"), receiverId: null });
      await expect(forNobody).rejects.toThrow(DatabaseError);
      await expect(forNobody).rejects.not.toThrow(UniqueConstraintError);
      await expect(Message.create({ ...message(1, "m1"), groupId: "g1" })).rejects.toThrow(DatabaseError);
      await Message.create({ ...message(1, "m1"), receiverId: null, senderId: "system" });
      await Message.create({ ...message(2, "m2"), receiverId: null, groupId: "g1" });
      expect(await Message.count()).toBe(2);
    }));

  it("refuses a time that is no number", () =>
    withMigratedDatabase(host(), async ({ models: { User } }) => {
      const wrong = { ...user("a", "a"), createdAt: new Date(AT) as unknown as number };
      await expect(User.create(wrong)).rejects.toThrow(TypeError);
    }));

  it("gives raw SQL the column's text, which the clock reads", () =>
    withMigratedDatabase(host(), async ({ models: { Message }, sequelize, clock }) => {
      await Message.create(message(1, "m1"));
      const [rows] = await sequelize.query("SELECT sent_at, content, seq FROM message");
      const [row] = rows as { sent_at: string; content: string; seq: number }[];
      expect(row?.sent_at).toBe(clock.toColumn(AT));
      expect(JSON.parse(row?.content ?? "")).toEqual(TEXT);
      expect(row?.seq).toBe(1);
    }));
}
