import type { ImClient, OutgoingMessage } from "@im-webapp/client";
import { waitFor } from "./wait.ts";

/**
 * Waits until the server has a message of an open conversation; as long as its file goes on, however long that takes. On
 * a terminal it says how far that is.
 *
 * @throws {Error} when the server refuses it, or does not answer
 */
export async function sent(client: ImClient, conversationId: string, clientMessageId: string): Promise<void> {
  const window = () => client.getState().windows.get(client.resolveConversationId(conversationId));
  const outgoing = () => window()?.outgoing.find((message) => message.clientMessageId === clientMessageId);
  for (let before = -1; ;) {
    await waitFor(client, "the message", () => {
      const message = outgoing();
      return message ? message.status === "failed" || bytesOf(message) > before : window() !== undefined;
    });
    const message = outgoing();
    if (message?.error) throw new Error(`not sent: ${message.error.message}`);
    if (!message) break;
    before = bytesOf(message);
    showProgress(message);
  }
}

/** How much of its file has come; without one it is as good as not begun. */
function bytesOf({ upload }: OutgoingMessage): number {
  return upload?.sentBytes ?? 0;
}

function showProgress({ upload }: OutgoingMessage): void {
  if (!upload || !process.stderr.isTTY) return;
  const percent = upload.totalBytes === 0 ? 100 : Math.floor((100 * upload.sentBytes) / upload.totalBytes);
  process.stderr.write(`\r${upload.name} ${percent} %${percent === 100 ? "\n" : ""}`);
}
