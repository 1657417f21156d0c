import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, openDatabase } from "../open.ts";
import { openMysql } from "../open-mysql.ts";

/** Where throw-away databases may be made. For MySQL a URL whose user may create and drop databases. */
export type ScratchHost = { readonly dialect: "sqlite" } | { readonly dialect: "mysql"; readonly url: string };

/** Exists on every MySQL-protocol server and can be connected to by everybody. */
const ADMINISTRATION_DATABASE = "/information_schema";
/** Nothing in a scratch database depends on the zone. */
const TIMEZONE = "+00:00";

async function withSqlite<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "im-schema-"));
  try {
    const database = await openDatabase({ url: `sqlite:${path.join(folder, "scratch.sqlite")}`, timezone: TIMEZONE });
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withMysql<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const address = new URL(url);
  address.pathname = ADMINISTRATION_DATABASE;
  const server = openMysql(address.href, TIMEZONE, 1, undefined);
  try {
    const name = `im_schema_${randomBytes(8).toString("hex")}`;
    await server.query(`CREATE DATABASE ${name}`);
    try {
      address.pathname = `/${name}`;
      const database = await openDatabase({ url: address.href, timezone: TIMEZONE });
      try {
        return await use(database);
      } finally {
        await database.close();
      }
    } finally {
      await server.query(`DROP DATABASE ${name}`);
    }
  } finally {
    await server.close();
  }
}

/** Lends an empty database for as long as `use` takes. */
export function withScratchDatabase<T>(host: ScratchHost, use: (database: Database) => Promise<T>): Promise<T> {
  return host.dialect === "sqlite" ? withSqlite(use) : withMysql(host.url, use);
}
