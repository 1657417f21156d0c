import { Connection } from "../../support/connection.ts";
import { rest, wireErrorOf } from "../../support/rest.ts";
import { codeOf } from "../one-server.ts";
import { type CallerRole, ROLES_OF_CALLERS } from "./roles.ts";
import { type Scene, makeScene } from "./scene.ts";
import type { Outcome, RestRow, Row, SocketRow } from "./table.ts";

/** How many roles ask at once: the server lets eight images wait, and refuses the ninth. */
const AT_ONCE = 5;

/** What a row is about, in words. */
export function nameOf(row: Row): string {
  return ["route" in row ? row.route : row.call, row.when ?? []].flat().join(", ");
}

/** What the call of a row answers to each role, in a fresh scene of its own on this server. */
export async function outcomesOf(row: Row, at: Scene["at"]): Promise<Record<string, Outcome | number>> {
  const outcomes: Record<string, Outcome | number> = {};
  const ask = async (role: CallerRole) => {
    const scene = await makeScene(at, role);
    outcomes[role] = await ("route" in row ? restOutcome(row, scene) : socketOutcome(row, scene));
  };
  for (let asked = 0; asked < ROLES_OF_CALLERS.length; asked += AT_ONCE) {
    await Promise.all(ROLES_OF_CALLERS.slice(asked, asked + AT_ONCE).map(ask));
  }
  return outcomes;
}

async function restOutcome(row: RestRow, scene: Scene): Promise<Outcome | number> {
  const { params = {}, query, body } = await row.request(scene);
  const [method = "", template = ""] = row.route.split(" ");
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const answer = await rest(scene.at.url, method, query === undefined ? path : `${path}?${query}`, {
    token: scene.caller.token,
    ...(body !== undefined && { body }),
  });
  if (answer.status < 300) return "ok";
  return wireErrorOf(answer.body)?.code ?? answer.status;
}

/** A session that has ended is refused by the handshake already. */
async function socketOutcome(row: SocketRow, scene: Scene): Promise<Outcome> {
  const payload = await row.request(scene);
  const opened = await Connection.open(scene.at.url, scene.caller.token).catch((error: unknown) => {
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
