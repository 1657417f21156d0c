import { type Interface, createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/**
 * Asks for a password without showing it; `IM_PASSWORD` answers for programs.
 *
 * @throws {Error} when the input ends without one
 */
export async function askPassword(): Promise<string> {
  const given = process.env["IM_PASSWORD"];
  if (given !== undefined) return given;
  process.stderr.write("Password: ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    return await Promise.race([lines.question(""), ended(lines)]);
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

function ended(lines: Interface): Promise<never> {
  return new Promise((_, reject) => lines.once("close", () => reject(new Error("no password was given"))));
}
