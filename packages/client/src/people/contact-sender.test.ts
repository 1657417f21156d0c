import type { Contact } from "@im-webapp/protocol";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeContact } from "../../test/builders.ts";
import { ImError } from "../errors.ts";
import type { RestRequest } from "../transport/rest.ts";
import { ContactSender } from "./contact-sender.ts";
import { personRecord } from "./person-record.ts";
import type { PersonRecord } from "./person-record.ts";

let people: Map<string, PersonRecord>;
let asked: RestRequest[];
let expected: PersonRecord[];
let answer: () => Promise<Contact>;
let sender: ContactSender;

const hear = (contact: Contact) => {
  people.set(`c${contact.userId}`, personRecord({ contact }));
  sender.heard();
};

/** What has come of a sending so far. */
function watch(sending: Promise<unknown>): () => string {
  let state = "waiting";
  sending.then(
    () => (state = "done"),
    (error: unknown) => (state = (error as ImError).code),
  );
  return () => state;
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  people = new Map();
  asked = [];
  expected = [];
  sender = new ContactSender({
    api: {
      send: async <T>(request: RestRequest) => {
        asked.push(request);
        return (await answer()) as T;
      },
    },
    people: () => people,
    expect: (record) => expected.push(record),
  });
  hear(makeContact("ann"));
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it("is done when the timeline shows the change", async () => {
  answer = async () => makeContact("ann", { alias: "安" });
  const state = watch(sender.send({ kind: "alias", userId: "ann", alias: "安" }));
  await pass(500);
  hear(makeContact("bob"));
  await pass();
  expect(state()).toBe("waiting");
  expect(expected, "to be pulled if its push is lost").toEqual([
    personRecord({ contact: makeContact("ann", { alias: "安" }) }),
  ]);
  hear(makeContact("ann", { alias: "安" }));
  await pass();
  expect(state()).toBe("done");
});

it("does not wait for an entry that was there before the answer, even if another one is there by now", async () => {
  answer = async () => {
    hear(makeContact("ann", { favourite: true }));
    hear(makeContact("ann"));
    return makeContact("ann", { favourite: true });
  };
  await sender.send({ kind: "favourite", userId: "ann", on: true });
  expect(expected).toEqual([]);
});

it("does not wait for an entry of what changed nothing", async () => {
  answer = async () => ({ userId: "bob", favourite: false, blocked: false });
  await sender.send({ kind: "block", userId: "bob", on: false });
  expect(asked).toEqual([{ method: "DELETE", path: "/blocks/bob" }]);
});

it("is to be sent again where the entry never comes, as without a connection", async () => {
  answer = async () => makeContact("ann", { favourite: true });
  const state = watch(sender.send({ kind: "favourite", userId: "ann", on: true }));
  await pass(3_000);
  expect(state()).toBe("UNAVAILABLE");
});

it("passes on what the server refuses", async () => {
  answer = () => Promise.reject(new ImError({ code: "NOT_FOUND", message: "no contact" }));
  await expect(sender.send({ kind: "unfriend", userId: "a/b" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(asked).toEqual([{ method: "DELETE", path: "/contacts/a%2Fb" }]);
});
