import { randomBytes, randomUUID } from "node:crypto";
import type { ServerGroupResponse, ServerTokensResponse, ServerUsersResponse } from "@im-webapp/protocol";
import { startServer } from "../../tests/support/server.ts";
import type { BenchDatabase } from "../measure/database.ts";
import { BENCH_TEXT } from "../text.ts";
import { type Person, type Subject, inParts } from "./subject.ts";

/** Accounts of one call of the server API, and messages of one call: its own bounds. */
const ACCOUNTS_PER_CALL = 1_000;
const MESSAGES_PER_CALL = 500;

/** Calls of the filling that are under way at the same time: keeps all pipelines busy. */
const FILLING_AT_ONCE = 4;

export interface ImWebappOptions {
  /** As in the table; tells large mode from the ordinary one. */
  readonly name?: string;
  readonly env?: Record<string, string>;
}

/** What only this server offers. */
export interface ImWebapp extends Subject {
  /** Its database, by the name that statements of the administrator use; empty for SQLite. */
  readonly schema: string;
  /** Where its data are: undefined for SQLite, whose file is in the folder. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Lets people in who are in the database already. */
  tokens(userIds: readonly string[]): Promise<Person[]>;
}

/** This server: one process, its people and groups made by its server API. Without a database it has its own, SQLite. */
export async function startImWebapp(
  database: BenchDatabase | undefined,
  options: ImWebappOptions = {},
): Promise<ImWebapp> {
  const serverKey = randomBytes(16).toString("hex");
  const databaseUrl = await database?.createDatabase();
  const server = await startServer({
    env: {
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
      SERVER_KEY: serverKey,
      ...options.env,
    },
  });
  const { hostname, port } = new URL(server.url);
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await fetch(`${server.url}/api/v1/server/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${serverKey}` },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };

  const tokens = async (userIds: readonly string[]): Promise<Person[]> => {
    const device = { deviceId: "bench", name: "bench" };
    const answer = await post<ServerTokensResponse>("tokens", {
      tokens: userIds.map((userId) => ({ userId, device })),
    });
    return answer.tokens.map(({ userId, token }) => ({ address: userId, secret: token }));
  };
  let made = 0;
  const people = async (count: number): Promise<Person[]> => {
    const found: Person[] = [];
    const names = Array.from({ length: count }, (_, index) => `bench-${made + index}`);
    made += count;
    await inParts(names, ACCOUNTS_PER_CALL, async (part) => {
      const { users } = await post<ServerUsersResponse>("users", {
        users: part.map((username) => ({ username, displayName: username })),
      });
      found.push(...(await tokens(users.map(({ userId }) => userId))));
    });
    return found;
  };
  const send = async (from: Person, to: Person, count: number): Promise<void> => {
    for (let sent = 0; sent < count; sent += MESSAGES_PER_CALL) {
      await post("messages", {
        messages: Array.from({ length: Math.min(MESSAGES_PER_CALL, count - sent) }, () => ({
          clientMessageId: randomUUID(),
          from: from.address,
          to: { userId: to.address },
          content: { kind: "text", text: BENCH_TEXT },
        })),
      });
    }
  };
  return {
    name: options.name ?? "im-webapp",
    endpoint: { wire: "socket.io", host: hostname, port: Number(port) },
    pid: server.pid,
    databasePid: database?.pid ?? server.pid,
    schema: databaseUrl === undefined ? "" : new URL(databaseUrl).pathname.slice(1),
    databaseUrl,
    dataDir: server.dataDir,
    tokens,
    people,
    async group(members) {
      const [owner] = members;
      if (!owner) throw new Error("a group needs an owner");
      const { conversationId } = await post<ServerGroupResponse>("groups", {
        name: "bench",
        ownerId: owner.address,
        memberIds: members.map(({ address }) => address),
      });
      return conversationId;
    },
    async backlog(count, messages) {
      const readers = await people(count);
      const peers = await people(count);
      const pairs = readers.map((reader, index) => [reader, peers[index] ?? reader] as const);
      await inParts(pairs, FILLING_AT_ONCE, async (part) => {
        await Promise.all(part.map(([reader, peer]) => send(peer, reader, messages)));
      });
      return { readers, messages };
    },
    stop: () => server.stop(),
  };
}
