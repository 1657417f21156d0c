import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "../../scripts/root.ts";
import type { Backing } from "../support/backing.ts";
import { waitFor } from "../support/wait-for.ts";

/** `npm run search:rebuild` on the database of the server, which goes on running. */
export async function rebuildIndex(backing: Backing, env: Record<string, string> = {}): Promise<void> {
  await waitFor(
    async () => {
      const run = promisify(execFile)(process.execPath, ["--import", "tsx", "apps/server/scripts/search-rebuild.ts"], {
        cwd: root,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...backing.env, ...env },
      });
      return run.then(
        ({ stdout }) => stdout,
        (error: { stderr: string }) => {
          // The server may be at work on the index at that moment.
          if (!error.stderr.includes("try again")) throw error as unknown as Error;
          return undefined;
        },
      );
    },
    { timeoutMs: 60_000, what: "the index to be rebuilt" },
  );
}
