import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";

const COMMAND = /&& exec node (.+) apps\/server\/dist\/main\.js$/;

/**
 * What `npm start` gives Node before the program's name, so that tests and benchmarks run the server as people do.
 *
 * @throws {Error} when the script has another form
 */
export function nodeFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } };
  const [, flags] = COMMAND.exec(scripts.start) ?? [];
  if (flags === undefined) throw new Error(`npm start is not understood: ${scripts.start}`);
  return flags.split(" ");
}
