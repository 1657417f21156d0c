import { writeFile } from "node:fs/promises";
import path from "node:path";
import { MIGRATIONS_FOLDER } from "../../../../config/folders.ts";
import { listMigrations } from "../migration/files.ts";
import { describeDifference } from "../schema/difference.ts";
import { describeModels } from "../schema/from-models.ts";
import { type DriftOptions, findDrift } from "./check.ts";
import { withScratchDatabase } from "./scratch.ts";
import { type Step, stepsFor } from "./steps.ts";

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const SECOND_MS = 1_000;
const MIGRATION_MODULE = path.resolve(import.meta.dirname, "../migration/migration.ts");

/** `YYYYMMDDHHMMSS`, UTC. */
function stamp(at: Date): string {
  return at.toISOString().replaceAll(/\D/g, "").slice(0, 14);
}

function parseStamp(text: string): number {
  const [date, time] = [text.slice(0, 8), text.slice(8, 14)];
  return Date.parse(
    `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`,
  );
}

/** Now, or a second after the newest migration: names decide the order, and a colleague's clock may be ahead. */
async function nextStamp(folder: string): Promise<string> {
  const newest = (await listMigrations(folder)).at(-1);
  const earliest = newest ? parseStamp(newest.name) + SECOND_MS : 0;
  return stamp(new Date(Math.max(Date.now(), earliest)));
}

function printStep({ source, destructive }: Step): string {
  return destructive ? source.replaceAll(/^( *)/gm, "$1// ") : source;
}

function printMigration(summary: readonly string[], steps: readonly Step[], folder: string): string {
  const relative = path.relative(folder, MIGRATION_MODULE).split(path.sep).join("/");
  const warning = steps.some(({ destructive }) => destructive)
    ? [
        "",
        "WARNING: the calls that are comments below throw data away. Remove the marks from those that are meant, and",
        "delete the others.",
      ]
    : [];
  const comment = [...summary, ...warning].map((line) => ` * ${line.replaceAll("*/", "* /")}`.trimEnd());
  return [
    `import type { Migration } from ${JSON.stringify(relative.startsWith(".") ? relative : `./${relative}`)};`,
    "",
    "/**",
    ...comment,
    " */",
    "export const up: Migration = async ({ schema }) => {",
    ...steps.map(printStep),
    "};",
    "",
  ].join("\n");
}

/**
 * Writes the migration that takes the migrated schema to the models, for both dialects at once. What differs is read
 * from SQLite, which keeps types and checks as they were written.
 *
 * @param name a few words, lower case with dashes
 * @returns the path of the file, or undefined when nothing differs
 * @throws {Error} for another kind of name, and for a primary key that differs
 */
export async function makeMigration(name: string, options: DriftOptions = {}): Promise<string | undefined> {
  if (!NAME.test(name)) throw new Error(`a migration's name is a few words such as add-user-birthday, not ${name}`);
  const host = { dialect: "sqlite" } as const;
  const differences = await findDrift(host, options);
  if (differences.length === 0) return undefined;

  const declare = options.declare ?? describeModels;
  const schema = await withScratchDatabase(host, ({ models }) => Promise.resolve(declare(models)));
  const steps = stepsFor(differences, schema);
  const folder = options.folder ?? MIGRATIONS_FOLDER;
  const file = path.join(folder, `${await nextStamp(folder)}-${name}.ts`);
  await writeFile(file, printMigration(differences.map(describeDifference), steps, folder), { flag: "wx" });
  return file;
}
