import { CALLS, ROUTES } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import { Connection } from "../../support/connection.ts";
import { rest, wireErrorOf } from "../../support/rest.ts";
import { codeOf, useSharedServer } from "../one-server.ts";
import { ROWS } from "./rows/index.ts";
import { SERVER_KEY, type Scene, makeScene } from "./scene.ts";
import { ROLES_OF_CALLERS } from "./roles.ts";
import { type Outcome, type RestRow, type Row, type SocketRow } from "./table.ts";

const at = useSharedServer({ SERVER_KEY });

const nameOf = (row: Row) => ("route" in row ? row.route : row.call);

it("every REST call and every socket call has a row, and no row is of a call that is gone", () => {
  const calls = [...ROUTES.map(({ method, path }) => `${method} ${path}`), ...Object.keys(CALLS)];
  expect([...new Set(ROWS.map(nameOf))].toSorted()).toEqual(calls.toSorted());
});

it.each(ROWS.map((row) => ({ row, name: [nameOf(row), row.when ?? []].flat().join(", ") })))(
  "$name answers each role as the table says",
  async ({ row }) => {
    const outcomes = await Promise.all(
      ROLES_OF_CALLERS.map(async (role) => {
        const scene = await makeScene(at, role);
        return [role, await ("route" in row ? restOutcome(row, scene) : socketOutcome(row, scene))] as const;
      }),
    );
    expect(Object.fromEntries(outcomes)).toEqual(row.expected);
  },
);

async function restOutcome(row: RestRow, scene: Scene): Promise<Outcome | number> {
  const { params = {}, query, body } = await row.request(scene);
  const [method = "", template = ""] = row.route.split(" ");
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const answer = await rest(at.url, method, query === undefined ? path : `${path}?${query}`, {
    token: scene.caller.token,
    ...(body !== undefined && { body }),
  });
  if (answer.status < 300) return "ok";
  return wireErrorOf(answer.body)?.code ?? answer.status;
}

/** A session that has ended is refused by the handshake already. */
async function socketOutcome(row: SocketRow, scene: Scene): Promise<Outcome> {
  const payload = await row.request(scene);
  const opened = await Connection.open(at.url, scene.caller.token).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? (error.code as Outcome | undefined) : undefined;
    if (code === undefined) throw error;
    return code;
  });
  if (typeof opened === "string") return opened;
  try {
    return await codeOf(opened, row.call, payload);
  } finally {
    opened.close();
  }
}
