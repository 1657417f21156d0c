import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { DELETED_VERSION, type EditsResponse, type PinsResponse, type StarsResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { type Person, bootstrapAll, historyAll, pullAll, sendText } from "../support/people.ts";
import { add, remove } from "./group-calls.ts";
import { codeOf, restCodeOf, textOf, useServer } from "./one-server.ts";

const at = useServer();

interface Place {
  conversationId: string;
  seq: number;
}

/** A group in which Bob has said "hello"; Ann owns it. Dot is not in it. */
async function team() {
  const [ann, bob, cid, dot] = await at.people("Ann", "Bob", "Cid", "Dot");
  const [anns, bobs, cids, dots] = await at.connectAll(ann, bob, cid, dot);
  const made = await ann.createGroup("Team", [bob, cid]);
  const { conversationId, seq } = await sendText(bobs, { groupId: made.groupId }, "hello");
  return { ann, bob, cid, dot, anns, bobs, cids, dots, made, place: { conversationId, seq } };
}

const viewOf = async (connection: Connection, { conversationId }: Pick<Place, "conversationId">) =>
  (await bootstrapAll(connection)).conversations.find((view) => view.conversationId === conversationId);

const pinsPath = ({ conversationId }: Place) => `/api/v1/conversations/${conversationId}/pins`;
const editsPath = ({ conversationId, seq }: Place) => `/api/v1/conversations/${conversationId}/messages/${seq}/edits`;
const pinned = async (person: Person, place: Place) =>
  (await person.rest<PinsResponse>("GET", pinsPath(place))).messages.map(textOf);
const starred = async (person: Person) => (await person.rest<StarsResponse>("GET", "/api/v1/stars")).stars;
const earlier = async (person: Person, place: Place) =>
  (await person.rest<EditsResponse>("GET", editsPath(place))).edits.map(({ content }) =>
    content.kind === "text" ? content.text : content.kind,
  );
const edit = (connection: Connection, place: Place, text: string) =>
  connection.ok("message:edit", { ...place, content: { kind: "text", text } });

describe("message:pin", () => {
  it("is said in the conversation with all its pins, and shown by its view", async () => {
    const { ann, anns, bobs, place } = await team();
    const second = await sendText(anns, { conversationId: place.conversationId }, "second");
    await anns.ok("message:pin", { ...place, on: true });
    await anns.ok("message:pin", { ...place, seq: second.seq, on: true });
    const seqs = [place.seq, second.seq];
    const events = (await historyAll(bobs, place.conversationId)).filter(({ content }) => content.kind === "system");
    const told = events.at(-1);
    expect(told?.content).toEqual({
      kind: "system",
      event: "message.pinned",
      by: ann.userId,
      seq: second.seq,
      pins: seqs,
    });
    expect(await viewOf(bobs, place)).toMatchObject({ pins: { at: told?.seq, seqs } });
    expect(await pinned(ann, place)).toEqual(["hello", "second"]);

    await anns.ok("message:pin", { ...place, on: false });
    expect(await pinned(ann, place)).toEqual(["second"]);
    expect((await historyAll(bobs, place.conversationId)).at(-1)).toMatchObject({
      content: { event: "message.unpinned", pins: [second.seq] },
    });
  });

  it("says nothing when it changes nothing, also when two do the same at once", async () => {
    const { anns, place } = await team();
    await Promise.all([1, 2, 3].map(() => anns.ok("message:pin", { ...place, on: true })));
    const said = (await historyAll(anns, place.conversationId)).map(textOf);
    expect(said.filter((text) => text === "<message.pinned>")).toHaveLength(1);
  });

  it("ends with a recall", async () => {
    const { ann, anns, bobs, place } = await team();
    await anns.ok("message:pin", { ...place, on: true });
    await bobs.ok("message:recall", place);
    expect(await pinned(ann, place)).toEqual([]);
    expect((await viewOf(anns, place))?.pins?.seqs).toEqual([]);
    expect(await codeOf(anns, "message:pin", { ...place, on: true })).toBe("FORBIDDEN");
  });

  it("is for both of a direct conversation, for admins of a group, and for nobody else", async () => {
    const { anns, bobs, cids, cid, ann, dot, dots, place, made } = await team();
    expect(await codeOf(cids, "message:pin", { ...place, on: true })).toBe("FORBIDDEN");
    expect(await codeOf(dots, "message:pin", { ...place, on: true })).toBe("NOT_FOUND");
    expect(await codeOf(anns, "message:pin", { ...place, seq: 99, on: true })).toBe("NOT_FOUND");
    const direct = await sendText(anns, { userId: dot.userId }, "hi");
    await dots.ok("message:pin", { conversationId: direct.conversationId, seq: direct.seq, on: true });

    await anns.ok("message:pin", { ...place, on: true });
    expect(await restCodeOf(at.url, "GET", pinsPath(place), { token: dot.token })).toBe("404 NOT_FOUND");
    await remove(ann, made, cid);
    await anns.ok("message:pin", { ...place, on: false });
    expect(await restCodeOf(at.url, "GET", pinsPath(place), { token: cid.token })).toBe("403 NOT_MEMBER");
    expect(await viewOf(cids, place)).not.toHaveProperty("pins");
    // A newcomer reads from their joining on, and so do their pins.
    await anns.ok("message:pin", { ...place, on: true });
    await add(ann, made, dot);
    expect(await pinned(dot, place)).toEqual([]);
    expect((await viewOf(dots, place))?.pins?.seqs).toEqual([]);
    expect(await viewOf(bobs, place)).toMatchObject({ pins: { seqs: [place.seq] } });
  });
});

describe("message:star", () => {
  it("is the user's alone, on all their devices, the last starred first", async () => {
    const { ann, bob, anns, bobs, place } = await team();
    const phone = await at.connect(await ann.login());
    const other = await sendText(bobs, { userId: ann.userId }, "other");
    await anns.ok("message:star", { ...place, on: true });
    await anns.ok("message:star", { conversationId: other.conversationId, seq: other.seq, on: true });
    expect((await starred(ann)).map(({ message }) => textOf(message)).toSorted()).toEqual(["hello", "other"]);
    expect(await starred(bob)).toEqual([]);
    const told = await phone.pushedEntry(
      (entry) => entry.type === "conversation" && entry.conversation.stars !== undefined,
    );
    expect(told).toMatchObject({ conversation: { conversationId: place.conversationId, stars: [place.seq] } });
    expect(await viewOf(phone, place)).toMatchObject({ stars: [place.seq] });
    expect(await viewOf(bobs, place)).not.toHaveProperty("stars");

    await phone.ok("message:star", { ...place, on: false });
    await phone.ok("message:star", { ...place, on: false });
    expect(await viewOf(anns, place)).not.toHaveProperty("stars");
    expect((await starred(ann)).map(({ message }) => textOf(message))).toEqual(["other"]);
  });

  it("comes in pages, without recalled messages", async () => {
    const { ann, anns, bobs, place } = await team();
    const places = [place];
    for (const text of ["b", "c", "d"])
      places.push(await sendText(bobs, { conversationId: place.conversationId }, text));
    for (const { seq } of places) await anns.ok("message:star", { ...place, seq, on: true });
    await bobs.ok("message:recall", place);
    const texts: string[] = [];
    let page: string | undefined;
    for (let count = 0; count < 4; count += 1) {
      const query = page === undefined ? "" : `&page=${page}`;
      const answer: StarsResponse = await ann.rest("GET", `/api/v1/stars?limit=2${query}`);
      texts.push(...answer.stars.map(({ message }) => textOf(message)));
      ({ page } = answer);
      if (!answer.more) break;
    }
    expect(texts.toSorted()).toEqual(["b", "c", "d"]);
  });

  it("is for who may read the message", async () => {
    const { dots, cid, cids, ann, made, anns, place } = await team();
    expect(await codeOf(dots, "message:star", { ...place, on: true })).toBe("NOT_FOUND");
    await remove(ann, made, cid);
    const later = await sendText(anns, { conversationId: place.conversationId }, "later");
    expect(await codeOf(cids, "message:star", { ...place, seq: later.seq, on: true })).toBe("NOT_FOUND");
    await cids.ok("message:star", { ...place, on: true });
    expect((await starred(cid)).map(({ message }) => textOf(message))).toEqual(["hello"]);
  });
});

describe("message:delete", () => {
  it("takes the message from one user, on all their devices, wherever they read it", async () => {
    const { ann, anns, bobs, place } = await team();
    const phone = await at.connect(await ann.login());
    const before = await viewOf(anns, place);
    expect(await anns.ok("message:delete", place)).toEqual({ version: DELETED_VERSION });
    const gone = { seq: place.seq, version: DELETED_VERSION, content: { kind: "system", event: "message.deleted" } };
    const told = await phone.pushedEntry(({ type }) => type === "message:update");
    expect(told).toMatchObject({ message: gone });
    for (const device of [anns, phone]) {
      expect((await historyAll(device, place.conversationId)).at(-1)).toMatchObject(gone);
      expect((await pullAll(device)).at(-1)).toMatchObject({ type: "message:update", message: gone });
      const view = await viewOf(device, place);
      expect(view).toMatchObject({ lastMessage: gone, unread: before?.unread, lastSeq: before?.lastSeq });
    }
    const { messages } = await bobs.ok("history:pull", { conversationId: place.conversationId, limit: 1 });
    expect(messages.map(textOf)).toEqual(["hello"]);
    // Nothing of it comes back with a later change.
    await edit(bobs, place, "hello again");
    expect(JSON.stringify(await historyAll(anns, place.conversationId))).not.toContain("hello");
    const { messages: changed } = await anns.ok("history:changes", { conversationId: place.conversationId, after: 0 });
    expect(changed).toMatchObject([gone]);
  });

  it("says it once, however often it is asked for", async () => {
    const { anns, place } = await team();
    await Promise.all([1, 2, 3].map(() => anns.ok("message:delete", place)));
    await anns.ok("message:delete", place);
    expect((await pullAll(anns)).filter(({ type }) => type === "message:update")).toHaveLength(1);
  });

  it("is for who may read the message, and takes it from their pins, stars and edits", async () => {
    const { ann, bob, anns, bobs, dots, place } = await team();
    expect(await codeOf(dots, "message:delete", place)).toBe("NOT_FOUND");
    await anns.ok("message:star", { ...place, on: true });
    await anns.ok("message:pin", { ...place, on: true });
    await edit(bobs, place, "hello!");
    await anns.ok("message:delete", place);
    expect(await starred(ann)).toEqual([]);
    expect(await pinned(ann, place)).toEqual([]);
    expect(await restCodeOf(at.url, "GET", editsPath(place), { token: ann.token })).toBe("404 NOT_FOUND");
    expect(await pinned(bob, place)).toEqual(["hello!"]);
  });
});

describe("earlier texts", () => {
  it("are kept, the newest first, and shown to members who may see the message", async () => {
    const { ann, cid, dot, bobs, made, place } = await team();
    await edit(bobs, place, "one");
    await bobs.ok("message:react", { ...place, emoji: "👍", on: true });
    await edit(bobs, place, "two");
    expect(await earlier(ann, place)).toEqual(["one", "hello"]);
    const first: EditsResponse = await ann.rest("GET", `${editsPath(place)}?limit=1`);
    expect(first).toMatchObject({ more: true, edits: [{ content: { text: "one" } }] });
    const rest: EditsResponse = await ann.rest("GET", `${editsPath(place)}?limit=1&page=${first.page}`);
    expect(rest).toMatchObject({ more: false, edits: [{ content: { text: "hello" }, version: 1 }] });
    expect(rest.edits[0]?.at).toBeLessThanOrEqual(first.edits[0]?.at ?? 0);

    expect(await restCodeOf(at.url, "GET", editsPath(place), { token: dot.token })).toBe("404 NOT_FOUND");
    await remove(ann, made, cid);
    expect(await restCodeOf(at.url, "GET", editsPath(place), { token: cid.token })).toBe("403 NOT_MEMBER");
    await add(ann, made, dot);
    expect(await restCodeOf(at.url, "GET", editsPath(place), { token: dot.token })).toBe("404 NOT_FOUND");
  });

  it("go with a recall: no table and no timeline keeps a word", async () => {
    const { ann, bobs, place } = await team();
    await sendText(bobs, { conversationId: place.conversationId }, "aardvark");
    await edit(bobs, place, "zyzzyva-one");
    await edit(bobs, place, "zyzzyva-two");
    await bobs.ok("message:recall", place);
    expect(await earlier(ann, place)).toEqual([]);
    await at.restart(async (database) => {
      const tables = ["message", "push_history", "earlier_text", "conversation", "member"];
      const rows = await Promise.all(tables.map((table) => database.rows(table)));
      expect(JSON.stringify(rows)).toContain("aardvark");
      expect(JSON.stringify(rows)).not.toContain("zyzzyva");
      // The embedded database is a file, in which nothing of it is left either.
      const dataDir = at.backing.env["DATA_DIR"];
      if (at.backing.env["DATABASE_URL"] !== undefined || dataDir === undefined) return;
      const files = (await readdir(dataDir)).filter((file) => file.includes("sqlite"));
      const bytes = Buffer.concat(await Promise.all(files.map((file) => readFile(join(dataDir, file)))));
      expect(bytes.includes("aardvark")).toBe(true);
      expect(bytes.includes("zyzzyva")).toBe(false);
    });
  });
});
