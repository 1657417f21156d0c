import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { z } from "zod";
import { CALLS, ERROR_CODES, EVENTS, PROTOCOL_VERSION, ROUTES } from "./index.ts";
import * as limits from "./limits.ts";

const hash = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

/** What travels: before transforms. What JSON Schema cannot say (a refinement) is not in it; the limits are, below. */
const shapeOf = (schema: z.ZodType) => hash(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));

/** A hash of each part of the contract, under its name. */
function contract(): Record<string, string | number> {
  const shapes: Record<string, string | number> = {};
  for (const [name, { request, response }] of Object.entries(CALLS)) {
    shapes[`${name} request`] = shapeOf(request);
    shapes[`${name} response`] = shapeOf(response);
  }
  for (const [name, schema] of Object.entries(EVENTS)) shapes[name] = shapeOf(schema);
  for (const { method, path, signedIn, serverKey, query, body, response } of ROUTES) {
    const name = `${method} ${path}${serverKey ? " (server key)" : signedIn ? "" : " (no token)"}`;
    if (query) shapes[`${name} query`] = shapeOf(query);
    if (body) shapes[`${name} body`] = shapeOf(body);
    shapes[`${name} response`] = shapeOf(response);
  }
  for (const [code, { status, retry }] of Object.entries(ERROR_CODES)) shapes[code] = `${status} ${retry}`;
  return { PROTOCOL_VERSION, ...shapes, ...limits };
}

/*
 * When this fails, the wire has changed. Is a client that was built before the change still right? If not, raise
 * PROTOCOL_VERSION. Either way say in the history of version.ts what changed and why; then write the new hashes with
 * `npx vitest run --project unit packages/protocol/src/version.test.ts -u`.
 */
it("the contract is the one that version.ts tells of", async () => {
  await expect(`${JSON.stringify(contract(), undefined, 2)}\n`).toMatchFileSnapshot("./version.contract.json");
});

it("a change of any shape changes its hash", () => {
  const shape = z.object({ a: z.string(), b: z.int().optional() });
  const others = [
    shape.extend({ c: z.string() }),
    shape.extend({ c: z.string().optional() }),
    shape.omit({ a: true }),
    shape.required(),
    shape.extend({ a: z.string().max(5) }),
    shape.extend({ a: z.enum(["x"]) }),
    z.strictObject(shape.shape),
  ];
  expect(new Set([shape, ...others].map(shapeOf)).size).toBe(others.length + 1);
  expect(shapeOf(z.object({ ...shape.shape }))).toBe(shapeOf(shape));
});
