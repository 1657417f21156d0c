import type { ConversationView } from "@im-webapp/client";
import type { User } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { contactRows, rowForKey } from "./contact-rows.ts";

const user = (name: string): User => ({ userId: name, username: name, displayName: name });
const [ann, anders, bob, hash, cid] = ["Ann", "Anders", "Bob", "007", "Cid"].map(user) as [
  User,
  User,
  User,
  User,
  User,
];
const NAMES = { favourites: "Starred", groups: "Groups", contacts: "Contacts", others: "Others" };
const hikers = { conversationId: "g:hikers", type: "group" } as ConversationView;

const rows = contactRows(
  ["requests", "notices"],
  {
    favourites: [bob],
    groups: [hikers],
    letters: [
      { letter: "A", people: [anders, ann] },
      { letter: "B", people: [bob] },
      { letter: "#", people: [hash] },
    ],
    others: [cid],
  },
  NAMES,
);
const keys = rows.map(({ key }) => key);
const at = (key: string) => keys.indexOf(key);
const press = (from: string, key: string) => {
  const to = rowForKey(rows, at(from), key);
  return to === undefined ? undefined : keys[to];
};

describe("contactRows", () => {
  it("lists places, starred, groups, letters and others, each line under a key of its own", () => {
    expect(keys).toEqual([
      "requests",
      "notices",
      "heading:favourites",
      "favourites:Bob",
      "heading:groups",
      "g:hikers",
      "heading:letter A",
      "letter A:Anders",
      "letter A:Ann",
      "heading:letter B",
      "letter B:Bob",
      "heading:letter #",
      "letter #:007",
      "heading:others",
      "others:Cid",
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has one part for all contacts while their letters are unknown, and no empty parts", () => {
    const bare = contactRows(
      [],
      { favourites: [], groups: [], letters: [{ letter: "", people: [ann] }], others: [] },
      NAMES,
    );
    expect(bare.map((row) => (row.kind === "heading" ? row.text : row.key))).toEqual(["Contacts", "contacts:Ann"]);
    expect(contactRows([], { favourites: [], groups: [], letters: [], others: [] }, NAMES)).toEqual([]);
  });
});

describe("rowForKey", () => {
  it("steps over headings, and not beyond the ends", () => {
    expect(press("notices", "ArrowDown")).toBe("favourites:Bob");
    expect(press("letter A:Anders", "ArrowUp")).toBe("g:hikers");
    expect(press("requests", "ArrowUp")).toBeUndefined();
    expect(press("others:Cid", "ArrowDown")).toBeUndefined();
  });

  it("leads to the ends and to letters", () => {
    expect(press("letter A:Ann", "Home")).toBe("requests");
    expect(press("requests", "End")).toBe("others:Cid");
    expect(press("requests", "b")).toBe("letter B:Bob");
    expect(press("requests", "#")).toBe("letter #:007");
    expect(press("requests", "a")).toBe("letter A:Anders");
    expect(press("letter A:Anders", "a")).toBe("letter A:Ann");
    expect(press("letter A:Ann", "a")).toBe("letter A:Anders");
  });

  it("leaves other keys alone", () => {
    for (const key of ["z", "Enter", "Tab", "?", "/", " ", "1"]) expect(press("requests", key)).toBeUndefined();
  });
});
