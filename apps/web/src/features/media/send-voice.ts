import type { ConversationId, Seq } from "@im-webapp/protocol";
import type { Client } from "@im-webapp/react";
import type { Recording } from "./voice-recorder.ts";

const EXTENSIONS: readonly (readonly [string, string])[] = [
  ["audio/mp4", "m4a"],
  ["audio/ogg", "ogg"],
];

/** Sends something spoken. Resolves once it is stored on this device. */
export async function sendVoice(
  client: Client,
  conversationId: ConversationId,
  { blob, durationMs, waveform }: Recording,
  replyTo: Seq | undefined,
): Promise<void> {
  const extension = EXTENSIONS.find(([type]) => blob.type.startsWith(type))?.[1] ?? "webm";
  await client.sendFile({
    conversationId,
    file: blob,
    name: `voice.${extension}`,
    as: "voice",
    durationMs,
    waveform: [...waveform],
    ...(replyTo !== undefined && { replyTo }),
  });
}
