import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Asks for a password without showing it; `IM_PASSWORD` answers for programs. */
export async function askPassword(): Promise<string> {
  const given = process.env["IM_PASSWORD"];
  if (given !== undefined) return given;
  process.stderr.write("Password: ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}
