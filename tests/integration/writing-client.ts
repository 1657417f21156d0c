/**
 * A program with a client over a file: `url file username password conversationId word`. It signs in unless the file has
 * a session, writes `word 1`, `word 2` … to the conversation until it is killed or cannot be stored any more, and says each
 * text that the client has taken on a line of its own.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ImClient } from "@im-webapp/client";
import { openNodeStore } from "@im-webapp/client/node";

/** Pause between two messages, in milliseconds: faster than they are sent, so that some always wait. */
const PAUSE_MS = 2;

const [url = "", file = "", username = "", password = "", conversationId = "", word = ""] = process.argv.slice(2);
const client = new ImClient({ url, deviceName: "writing program", store: await openNodeStore({ file }) });
await client.start();
if (!client.getState().me) await client.login({ username, password });
for (let number = 1; ; number += 1) {
  const text = `${word} ${number}`;
  await client.send({ conversationId, content: { kind: "text", text } });
  if (client.getState().storage !== "persistent") process.exit(1);
  process.stdout.write(`${text}\n`);
  await sleep(PAUSE_MS);
}
