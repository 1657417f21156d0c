import { join } from "node:path";
import { Child } from "../../tests/support/child.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import type { Person, Subject } from "./subject.ts";

/** The bare relay of relay-main.ts in a process of its own. */
export async function startRelay(): Promise<Subject> {
  const child = await Child.start(process.execPath, ["--import", "tsx", join(import.meta.dirname, "relay-main.ts")], {
    name: "the relay",
  });
  const port = await waitFor(() => Number(/^port (\d+)$/m.exec(child.logs())?.[1]), { what: "the relay's port" });
  let made = 0;
  return {
    name: "relay",
    endpoint: { wire: "socket.io", host: "127.0.0.1", port },
    pid: child.pid,
    databasePid: undefined,
    people(count) {
      const first = made;
      made += count;
      return Promise.resolve(
        Array.from({ length: count }, (_, index): Person => {
          const address = `u${first + index}`;
          // Everybody is in the one group that there is.
          return { address, secret: `${address}@everybody` };
        }),
      );
    },
    group: () => Promise.resolve("everybody"),
    backlog: () => Promise.resolve(undefined),
    async stop() {
      await child.stop();
    },
  };
}
