import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of the code that runs: of the sources, or of what was built from them. */
export const CODE_FOLDER = codeFolder(import.meta.dirname);

const SERVER_FOLDER = path.basename(CODE_FOLDER) === "dist" ? path.dirname(CODE_FOLDER) : CODE_FOLDER;

/** The built web app. */
export const WEB_FOLDER = path.join(SERVER_FOLDER, "../web/dist");

/** The migrations of this version of the server. */
export const MIGRATIONS_FOLDER = path.join(CODE_FOLDER, "migrations");

/** The nearest with a package.json: what is built shares files, whose places say nothing. */
function codeFolder(folder: string): string {
  return existsSync(path.join(folder, "package.json")) ? folder : codeFolder(path.dirname(folder));
}
