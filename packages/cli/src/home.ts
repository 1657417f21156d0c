import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { ImClient } from "@im-webapp/client";
import { openNodeStore } from "@im-webapp/client/node";

/** Where session and messages are kept: `IM_HOME`, else the user's data folder (XDG Base Directory Specification). */
const HOME = process.env["IM_HOME"] ?? join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "im");

const SERVER = join(HOME, "server");

/** Remembers which server one is signed in at. */
export async function rememberServer(url: string): Promise<void> {
  await mkdir(HOME, { recursive: true, mode: 0o700 });
  await writeFile(SERVER, new URL(url).origin);
}

/**
 * Runs `work` with the started client of the remembered server.
 *
 * @throws {Error} when no server is remembered, or another `im` has the store open
 */
export async function withClient<T>(work: (client: ImClient) => Promise<T>): Promise<T> {
  const url = await readFile(SERVER, "utf8").catch(() => {
    throw new Error("there is no account here yet: im login URL NAME");
  });
  const store = await openNodeStore({ file: join(HOME, `${new URL(url).host.replaceAll(":", "-")}.sqlite`) });
  const client = new ImClient({ url, deviceName: `im on ${hostname()}`.slice(0, 64), store });
  try {
    await client.start();
    return await work(client);
  } finally {
    await client.close();
  }
}
