import type { ClientState, ImClient } from "@im-webapp/client";

/** How long a command waits for the server, in milliseconds, before it says that there is none. */
const PATIENCE_MS = 15_000;

/**
 * Waits for a state.
 *
 * @param what what is waited for, for the error
 * @throws {Error} when it does not come in time
 */
export function waitFor(client: ImClient, what: string, reached: (state: ClientState) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error): void => {
      clearTimeout(timer);
      end();
      if (error) reject(error);
      else resolve();
    };
    const look = (): void => {
      if (reached(client.getState())) finish();
    };
    const timer = setTimeout(() => {
      const reason = client.getState().connection.error?.message;
      finish(new Error(`${what}: no answer${reason === undefined ? "" : `, ${reason}`}`));
    }, PATIENCE_MS);
    const end = client.subscribe(look);
    look();
  });
}

/**
 * Waits until what was missed is here.
 *
 * @throws {Error} when nobody is signed in, or the server does not answer
 */
export async function online(client: ImClient): Promise<void> {
  if (!client.getState().me) throw new Error("nobody is signed in here: im login URL NAME");
  return waitFor(client, "the server", ({ connection, me }) => connection.status === "online" && me !== null);
}
