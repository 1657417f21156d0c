import { expect, it } from "vitest";
import { makeChange, makeContact } from "../../test/builders.ts";
import type { PendingChange } from "../store/local-store.ts";
import type { ContactChange } from "../types.ts";
import { withContactChanges } from "./contact-overlay.ts";

const pending = (change: ContactChange, overrides: Partial<PendingChange> = {}) =>
  makeChange(`${change.kind} ${change.userId}`, {
    conversationId: `peer:${change.userId}`,
    seq: 0,
    ...change,
    ...overrides,
  });

const held = new Map([
  ["ann", makeContact("ann", { alias: "Annie" })],
  ["eve", { userId: "eve", favourite: false, blocked: true }],
]);

it("shows what has been changed on top of what is held, one change after the other", () => {
  const shown = withContactChanges(held, [
    pending({ kind: "alias", userId: "ann", alias: "安" }),
    pending({ kind: "favourite", userId: "ann", on: true }),
    pending({ kind: "block", userId: "bob", on: true }),
    pending({ kind: "block", userId: "eve", on: false }),
    makeChange("of a message"),
  ]);
  expect([...shown.values()]).toEqual([
    makeContact("ann", { alias: "安", favourite: true }),
    { userId: "bob", favourite: false, blocked: true },
  ]);
});

it("takes an alias away, and what belongs to a contact with the contact", () => {
  expect(withContactChanges(held, [pending({ kind: "alias", userId: "ann", alias: "" })]).get("ann")).toEqual(
    makeContact("ann"),
  );
  const ended = withContactChanges(held, [
    pending({ kind: "block", userId: "ann", on: true }),
    pending({ kind: "unfriend", userId: "ann" }),
    pending({ kind: "favourite", userId: "ann", on: true }),
  ]);
  expect(ended.get("ann")).toEqual({ userId: "ann", favourite: false, blocked: true });
});

it("undoes what the server has refused", () => {
  const error = { code: "NOT_FOUND", message: "gone" } as const;
  const refused = pending({ kind: "alias", userId: "ann", alias: "安" }, { error });
  expect(withContactChanges(held, [refused])).toEqual(held);
});
