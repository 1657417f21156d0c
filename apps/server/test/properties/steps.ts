import fc from "fast-check";
import type { Fate } from "./world/turns.ts";

/** Users, in the order in which they stand in the world; each has two devices. */
export const USERS = ["ann", "bob", "cid", "dai"] as const;
export const DEVICES_PER_USER = 2;
export const NODES = 2;

/** Where something is said or done: a group, by its place among those made so far, or the direct conversation with a user. */
export type Target = { readonly group: number } | { readonly peer: number };

/**
 * What a user asks for. `back`: how many messages before the newest; other numbers choose from what there is. A member does
 * it in place of one who is not in the group, and a message's sender changes it, unless `asOutsider`.
 */
export type Call =
  | {
      readonly kind: "send";
      readonly to: Target;
      readonly mention: number;
      /** The message that it answers, which may not be there; 0: none. */
      readonly replyTo: number;
      readonly asOutsider: boolean;
    }
  | { readonly kind: "read"; readonly to: Target; readonly back: number; readonly asOutsider: boolean }
  | { readonly kind: "edit" | "recall"; readonly to: Target; readonly back: number; readonly asOutsider: boolean }
  | {
      readonly kind: "react";
      readonly to: Target;
      readonly back: number;
      readonly on: boolean;
      readonly asOutsider: boolean;
    }
  | { readonly kind: "add" | "remove"; readonly group: number; readonly who: number }
  | { readonly kind: "leave"; readonly group: number }
  | { readonly kind: "create"; readonly members: readonly number[] };

export type Step =
  /** Calls that arrive together. `device` makes the call, whoever may. */
  | { readonly kind: "calls"; readonly calls: readonly { readonly device: number; readonly call: Call }[] }
  /** An earlier message is sent again, with the same words or with others. */
  | { readonly kind: "again"; readonly message: number; readonly node: number; readonly otherwise: boolean }
  /** Some who wait for the database have their turn; the first of them that way, all others well. */
  | { readonly kind: "go"; readonly picks: readonly number[]; readonly fate: Fate }
  /** Pushes on their way arrive, in this order: the first not at all, once, or now and once more later; the others once. */
  | { readonly kind: "carry"; readonly picks: readonly number[]; readonly copies: number }
  /** The next messages from the other node arrive at this one; or the first of them does not. */
  | { readonly kind: "bus"; readonly node: number; readonly messages: number; readonly arrives: boolean }
  | { readonly kind: "connect"; readonly device: number; readonly node: number }
  | { readonly kind: "cut" | "wipe"; readonly device: number }
  | { readonly kind: "kill"; readonly node: number }
  | { readonly kind: "trim" };

/** One story, and how it ends. */
export interface Script {
  readonly steps: readonly Step[];
  /** Whether pushes that are still on their way in the end arrive. */
  readonly lateArrive: boolean;
}

const few = fc.nat({ max: 3 });
const device = fc.nat({ max: USERS.length * DEVICES_PER_USER - 1 });
const node = fc.nat({ max: NODES - 1 });
/** Most often the group, where most can go wrong. */
const target: fc.Arbitrary<Target> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ group: fc.constantFrom(0, 0, 0, 1) }) },
  { weight: 1, arbitrary: fc.record({ peer: few }) },
);
const group = fc.constantFrom(0, 0, 0, 1);
const asOutsider = fc.constantFrom(false, false, false, false, true);

const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("send" as const),
      to: target,
      mention: fc.nat({ max: 7 }),
      replyTo: fc.constantFrom(0, 0, 0, 0, 1, 99),
      asOutsider,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("read", "read", "edit", "edit", "recall"),
      to: target,
      back: few,
      asOutsider,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("react" as const), to: target, back: few, on: fc.boolean(), asOutsider }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("add", "add", "remove"), group, who: few }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave" as const), group }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("create" as const), members: fc.uniqueArray(few, { maxLength: 3 }) }),
  },
);

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 8, arbitrary: fc.constant("well" as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("refused", "lost", "unanswered", "broken", "killed-before", "killed-after"),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("calls" as const),
      calls: fc.array(fc.record({ device, call }), { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("go" as const),
      picks: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 6 }),
      fate,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("carry" as const),
      picks: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 6 }),
      copies: fc.constantFrom(1, 1, 1, 0, 2),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("bus" as const),
      node,
      messages: fc.integer({ min: 1, max: 4 }),
      arrives: fc.constantFrom(true, true, false),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("again" as const),
      message: few,
      node,
      otherwise: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("connect" as const), device, node }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("cut", "wipe"), device }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("kill" as const), node }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("trim" as const) }) },
);

/** Long enough for groups to cross the threshold several times. */
const MAX_STEPS = 100;

/** Of any length alike: fast-check would rather begin with short ones, in which little happens at once. */
export const script: fc.Arbitrary<Script> = fc.noBias(
  fc.record({ steps: fc.array(step, { maxLength: MAX_STEPS, size: "max" }), lateArrive: fc.boolean() }),
);
