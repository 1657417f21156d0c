import fc from "fast-check";
import { type Random, integer } from "../support/random.ts";

/** `[[[…]]]` of this depth. */
function nested(depth: number): unknown {
  return JSON.parse("[".repeat(depth) + "]".repeat(depth));
}

/** Values that have broken other servers, one kind each. All of them survive JSON. */
const NASTY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  -(2 ** 53),
  Number.MAX_SAFE_INTEGER,
  "",
  " ",
  "\t\r\n",
  "\0",
  "before\0after",
  "\ud800",
  "tail \udfff",
  "\u202eright to left",
  "\u200b",
  "é".normalize("NFD"),
  "🀄".repeat(4_001),
  "x".repeat(8_001),
  "x".repeat(50_000),
  "NaN",
  "Infinity",
  "1e3",
  "0x10",
  "__proto__",
  "constructor",
  "system",
  "../../etc/passwd",
  "' OR 1=1 -- ",
  "%00",
  "<script>alert(1)</script>",
  "00000000-0000-0000-0000-000000000000",
  [],
  [[]],
  [null],
  {},
  { length: 1e9 },
  JSON.parse('{"then": 1, "toString": 2, "valueOf": 3, "toJSON": 4}'),
  JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}'),
  { _placeholder: true, num: 0 },
  { kind: "system", event: "group.created", by: "x", userIds: [], name: "x" },
  { kind: "custom", type: "x", data: null },
  nested(40),
  nested(2_000),
  Array.from({ length: 2_000 }, (_, index) => index),
];

/** How many random JSON values are drawn beforehand; each mutation picks one. */
const DRAWN = 400;

/** Gives values to put in a payload's place: the nasty ones and random JSON. */
export function valueSource(seed: number, random: Random): () => unknown {
  const drawn = fc.sample(fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }), { seed, numRuns: DRAWN });
  const all = [...NASTY, ...NASTY, ...drawn];
  // A copy each time: the next mutation may change what it finds.
  return () => structuredClone(all[integer(random, 0, all.length - 1)]);
}

/** Whether this value's properties can be changed one by one. */
function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === "object" && value !== null;
}

/** Names that a payload's own properties must not be confused with. */
const STRANGE_KEYS = ["__proto__", "constructor", "prototype", "toString", "0", "", "$where", "userId", "limit", "to"];

function setKey(container: Record<string, unknown> | unknown[], key: string, value: unknown): void {
  // Not by assignment, which would set the prototype for `__proto__` instead of a property.
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A copy of a valid payload with one to three changes: a value replaced, dropped, added, wrapped or repeated. */
export function mutate(payload: unknown, random: Random, value: () => unknown): unknown {
  let changed: unknown = structuredClone(payload);
  for (let changes = integer(random, 1, 3); changes > 0; changes -= 1) changed = mutateOnce(changed, random, value);
  return changed;
}

function mutateOnce(payload: unknown, random: Random, value: () => unknown): unknown {
  if (!isContainer(payload) || random() < 0.08) return value();
  const keys = Object.keys(payload);
  const key = keys[integer(random, 0, Math.max(0, keys.length - 1))];
  if (key === undefined || random() < 0.15) {
    setKey(payload, STRANGE_KEYS[integer(random, 0, STRANGE_KEYS.length - 1)] ?? "x", value());
    return payload;
  }
  const inner: unknown = Reflect.get(payload, key);
  const choice = random();
  if (isContainer(inner) && choice < 0.5) setKey(payload, key, mutateOnce(inner, random, value));
  else if (choice < 0.75) setKey(payload, key, value());
  else if (choice < 0.85) Reflect.deleteProperty(payload, key);
  else if (choice < 0.92) setKey(payload, key, [inner]);
  else if (choice < 0.96) setKey(payload, key, { [key]: inner });
  else setKey(payload, key, asText(inner));
  return payload;
}

/** The value as text; never by its own `toString`, which may be no function. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}
