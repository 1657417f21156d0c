import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, openDatabase } from "../open.ts";
import { openMysql } from "../open-mysql.ts";

/** Where throw-away databases may be made. For MySQL a URL whose user may create and drop databases. */
export type ScratchHost = { readonly dialect: "sqlite" } | { readonly dialect: "mysql"; readonly url: string };

/** An empty database that nobody else knows of. */
export interface Scratch {
  readonly url: string;
  remove(): Promise<void>;
}

/** Exists on every MySQL-protocol server and can be connected to by everybody. */
const ADMINISTRATION_DATABASE = "/information_schema";
/** Nothing in a schema depends on the zone. */
const TIMEZONE = "+00:00";

async function createSqlite(): Promise<Scratch> {
  const folder = await mkdtemp(path.join(tmpdir(), "im-scratch-"));
  return {
    url: `sqlite:${path.join(folder, "scratch.sqlite")}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const address = new URL(url);
  address.pathname = ADMINISTRATION_DATABASE;
  const server = openMysql(address.href, TIMEZONE, { poolSize: 1 });
  try {
    await server.query(statement);
  } finally {
    await server.close();
  }
}

async function createMysql(url: string): Promise<Scratch> {
  const name = `im_scratch_${randomBytes(8).toString("hex")}`;
  await runOnServer(url, `CREATE DATABASE ${name}`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  return { url: address.href, remove: () => runOnServer(url, `DROP DATABASE ${name}`) };
}

/** Makes an empty database on the host; whoever asked removes it. */
export function createScratch(host: ScratchHost): Promise<Scratch> {
  return host.dialect === "sqlite" ? createSqlite() : createMysql(host.url);
}

/** Lends an empty database for as long as `use` takes. */
export async function withScratchDatabase<T>(host: ScratchHost, use: (database: Database) => Promise<T>): Promise<T> {
  const scratch = await createScratch(host);
  try {
    const database = await openDatabase({ url: scratch.url, timezone: TIMEZONE });
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  } finally {
    await scratch.remove();
  }
}
