import { CALLS, ROUTES } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import { useSharedServer } from "../one-server.ts";
import { nameOf, outcomesOf } from "./outcomes.ts";
import { ROWS } from "./rows/index.ts";
import { SERVER_KEY } from "./scene.ts";

const at = useSharedServer({ SERVER_KEY });

it("every REST call and every socket call has a row, and no row is of a call that is gone", () => {
  const calls = [...ROUTES.map(({ method, path }) => `${method} ${path}`), ...Object.keys(CALLS)];
  const named = ROWS.map((row) => ("route" in row ? row.route : row.call));
  expect([...new Set(named)].toSorted()).toEqual(calls.toSorted());
});

it.each(ROWS.map((row) => ({ row, name: nameOf(row) })))(
  "$name answers each role as the table says",
  async ({ row }) => {
    expect(await outcomesOf(row, at)).toEqual(row.expected);
  },
);
