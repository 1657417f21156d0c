import type { ConversationId, Seq } from "@im-webapp/protocol";
import type { Client } from "@im-webapp/react";
import { isSendable, toSend } from "../conversation/to-send.ts";
import type { ReadyFile } from "./send-sheet.tsx";

interface Sending {
  readonly conversationId: ConversationId;
  readonly files: readonly ReadyFile[];
  /** A message after them; none where it is blank. */
  readonly caption: string;
  /** The message that the first of them answers. */
  readonly replyTo: Seq | undefined;
}

/** Sends files in their order, and then what is said with them. Resolves once all of it is stored on this device. */
export async function sendFiles(client: Client, { conversationId, files, caption, replyTo }: Sending): Promise<void> {
  let answered = replyTo;
  for (const { file, shape } of files) {
    // One after the other: they arrive in the order in which they are stored.
    await client.sendFile({
      conversationId,
      file,
      name: file.name,
      as: shape.as,
      ...(shape.as !== "file" && { width: shape.width, height: shape.height }),
      ...(shape.as === "video" && {
        durationMs: shape.durationMs,
        ...(shape.thumbnail !== undefined && { thumbnail: shape.thumbnail }),
      }),
      ...(answered !== undefined && { replyTo: answered }),
    });
    answered = undefined;
  }
  if (isSendable(caption)) {
    await client.send({ conversationId, content: { kind: "text", text: toSend(caption) }, afterFiles: true });
  }
}
