import { accessSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Child } from "../../tests/support/child.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../../tests/support/guard.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import type { BenchDatabase } from "../measure/database.ts";
import { type Backlog, type Person, type Subject, inParts } from "./subject.ts";

const ERLANG = "/usr/bin/erl";

/** The schema that the package ships. */
const SCHEMA = "/usr/share/ejabberd/sql/mysql.sql";

const START_TIMEOUT_MS = 60_000;

const DOMAIN = "localhost";
const ROOMS = `conference.${DOMAIN}`;

/** Rows of one INSERT. */
const ROWS_PER_STATEMENT = 1_000;

/** Whether the Debian packages `ejabberd` and `erlang-p1-mysql` are there. */
export function hasEjabberd(): boolean {
  try {
    for (const path of [ERLANG, SCHEMA]) accessSync(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * A private ejabberd with only what the workloads use: plain TCP, accounts and archive in the given database, every
 * message archived, no traffic shaping. No Erlang distribution, so it needs no name and no port mapper.
 */
export async function startEjabberd(database: BenchDatabase): Promise<Subject> {
  const folder = makeTemporaryFolder("ejabberd");
  const url = new URL(await database.createDatabase());
  const name = url.pathname.slice(1);
  await database.run(`USE ${name}; ${readFileSync(SCHEMA, "utf8")}`);
  const port = await freePort();
  const configuration = join(folder, "ejabberd.yml");
  writeFileSync(configuration, configure(port, url));
  mkdirSync(join(folder, "spool"));
  const child = await Child.start(
    ERLANG,
    [
      ["-noinput", "+K", "true", "+P", "250000"],
      ["-mnesia", "dir", `"${join(folder, "spool")}"`],
      ["-s", "ejabberd"],
    ].flat(),
    {
      name: "ejabberd",
      cwd: join(folder, "spool"),
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        ERL_LIBS: "/usr/lib/x86_64-linux-gnu",
        ERL_MAX_PORTS: "32000",
        ERL_CRASH_DUMP_SECONDS: "0",
        EJABBERD_CONFIG_PATH: configuration,
        EJABBERD_LOG_PATH: join(folder, "ejabberd.log"),
      },
    },
  );
  await waitFor(() => child.exit !== undefined || listens(port), {
    timeoutMs: START_TIMEOUT_MS,
    what: "ejabberd's port",
  }).catch(async (error: unknown) => {
    await child.kill();
    throw error;
  });
  if (child.exit !== undefined) throw new Error(`ejabberd ended at start\n${child.logs()}`);

  let made = 0;
  let rooms = 0;
  const people = async (count: number): Promise<Person[]> => {
    const numbers = Array.from({ length: count }, (_, index) => made + index);
    made += count;
    await inParts(numbers, ROWS_PER_STATEMENT, async (part) => {
      await database.run(`INSERT INTO ${name}.users (username, password) VALUES ?`, [
        part.map((n) => [`u${n}`, `p${n}`]),
      ]);
    });
    return numbers.map((n) => ({ address: `u${n}@${DOMAIN}`, secret: `p${n}` }));
  };
  return {
    name: "ejabberd",
    endpoint: { wire: "xmpp", host: "127.0.0.1", port },
    pid: child.pid,
    databasePid: database.pid,
    people,
    // A room comes to be when its first member enters it.
    group: () => Promise.resolve(`room${(rooms += 1)}@${ROOMS}`),
    async backlog(readers, messages): Promise<Backlog> {
      const found = await people(readers);
      const peer = (await people(1))[0]?.address ?? "";
      for (const [index, { address }] of found.entries()) {
        await fillArchive(database, name, address, peer, messages, index);
      }
      return { readers: found, messages };
    },
    async stop() {
      // Nothing of it is kept, so its orderly end, which takes seconds, is not waited for.
      await child.kill();
      await removeTemporaryFolder(folder);
    },
  };
}

/** Rows as mod_mam writes them when a chat message of 100 bytes of text is received. */
async function fillArchive(
  database: BenchDatabase,
  name: string,
  reader: string,
  peer: string,
  messages: number,
  index: number,
): Promise<void> {
  const text = `${"存".repeat(33)}.`;
  const username = reader.split("@")[0];
  const from = Date.now() * 1000 + index;
  const numbers = Array.from({ length: messages }, (_, n) => n);
  await inParts(numbers, ROWS_PER_STATEMENT, async (part) => {
    const rows = part.map((n) => [
      username,
      from + n * 10,
      `${peer}/b`,
      peer,
      `<message xml:lang='en' to='${reader}' from='${peer}/b' type='chat' id='00000000-0000-4000-8000-${String(n).padStart(12, "0")}' xmlns='jabber:client'><body>${text}</body></message>`,
      text,
      "chat",
      "",
    ]);
    await database.run(
      `INSERT INTO ${name}.archive (username, timestamp, peer, bare_peer, xml, txt, kind, nick) VALUES ?`,
      [rows],
    );
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function configure(port: number, url: URL): string {
  return `
hosts: ["${DOMAIN}"]
loglevel: warning
listen:
  -
    port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    max_stanza_size: infinity
    backlog: 1024
auth_method: sql
auth_password_format: plain
sql_type: mysql
sql_server: "${url.hostname}"
sql_port: ${url.port}
sql_database: "${url.pathname.slice(1)}"
sql_username: "${decodeURIComponent(url.username)}"
sql_password: "${decodeURIComponent(url.password)}"
modules:
  mod_mam:
    db_type: sql
    default: always
  mod_muc:
    db_type: mnesia
    host: "${ROOMS}"
    history_size: 0
    max_users: 1000
    min_message_interval: 0
    min_presence_interval: 0
    default_room_options:
      mam: true
      max_users: 1000
      presence_broadcast: []
`;
}
