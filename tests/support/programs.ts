import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian and others keep servers that an ordinary user's PATH leaves out. */
const MORE_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/** Each program's names, most fitting first, and the variable that names another one. */
const PROGRAMS = {
  mariadbd: { variable: "MARIADBD_PATH", names: ["mariadbd", "mysqld"] },
  mariadbInstallDb: { variable: "MARIADB_INSTALL_DB_PATH", names: ["mariadb-install-db", "mysql_install_db"] },
  openssl: { variable: "OPENSSL_PATH", names: ["openssl"] },
  redisServer: { variable: "REDIS_SERVER_PATH", names: ["redis-server", "valkey-server"] },
  chromium: {
    variable: "CHROMIUM_PATH",
    names: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"],
  },
} as const;

export type Program = keyof typeof PROGRAMS;

/** The path of each program that the full test run needs; undefined for one that is not installed. */
export type FoundPrograms = Record<Program, string | undefined>;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Looks for the programs in PATH and the usual folders. A `*_PATH` variable (`CHROMIUM_PATH`, `MARIADBD_PATH`, …)
 * overrides the search; one that names no executable counts as not found.
 */
export function findPrograms(env: NodeJS.ProcessEnv = process.env): FoundPrograms {
  const folders = [...(env.PATH ?? "").split(delimiter).filter(Boolean), ...MORE_FOLDERS];
  const find = (program: Program): string | undefined => {
    const { variable, names } = PROGRAMS[program];
    const named = env[variable];
    if (named !== undefined && named !== "") return isExecutable(named) ? named : undefined;
    return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  };
  return {
    mariadbd: find("mariadbd"),
    mariadbInstallDb: find("mariadbInstallDb"),
    openssl: find("openssl"),
    redisServer: find("redisServer"),
    chromium: find("chromium"),
  };
}

/**
 * The path of one program.
 *
 * @throws Error that says how to get it.
 */
export function requireProgram(program: Program): string {
  const path = findPrograms()[program];
  if (path === undefined) {
    const { names, variable } = PROGRAMS[program];
    throw new Error(`${names[0]} is not installed. Install it, or name it with ${variable}. See CONTRIBUTING.md.`);
  }
  return path;
}
