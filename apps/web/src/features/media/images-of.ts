import type { ImageContent, Message } from "@im-webapp/protocol";

/** The pictures among messages, in their order. */
export function imagesOf(messages: readonly Message[]): ImageContent[] {
  return messages.flatMap(({ content, recalledAt }) =>
    content.kind === "image" && recalledAt === undefined ? [content] : [],
  );
}
