import { readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Migration } from "./migration.ts";

/** Time of writing, to the second, then a few words. */
const FILE_NAME = /^\d{14}-[a-z0-9-]+\.[jt]s$/;

export interface MigrationFile {
  /** The file's name without its extension; what the database remembers. */
  readonly name: string;
  load(): Promise<Migration>;
}

async function load(file: string): Promise<Migration> {
  const module = (await import(pathToFileURL(file).href)) as { up?: unknown };
  if (typeof module.up !== "function") throw new Error(`${file} exports no function "up"`);
  return module.up as Migration;
}

/**
 * The migrations of a folder in the order of their names.
 *
 * @throws {Error} for a program with another kind of name, which would silently never run
 */
export async function listMigrations(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => /\.[jt]s$/.test(name)).toSorted();
  const stray = names.find((name) => !FILE_NAME.test(name));
  if (stray !== undefined) throw new Error(`${path.join(folder, stray)}: a migration is named YYYYMMDDHHMMSS-name.ts`);
  return names.map((name) => ({ name: path.parse(name).name, load: () => load(path.join(folder, name)) }));
}
