import type { ClientState } from "@im-webapp/client";
import type { Message } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useContentText } from "../features/conversation/content-text.ts";
import { useNameOf } from "./names.ts";

/** The newest message that others sent since the earlier state, of those that arrived while we were complete. */
function arrival(before: ClientState, after: ClientState): Message | null {
  if (before.connection.status !== "online" || after.connection.status !== "online") return null;
  if (before.conversations === after.conversations) return null;
  const held = new Map(before.conversations.map((conversation) => [conversation.conversationId, conversation.lastSeq]));
  for (const { conversationId, lastSeq, lastMessage, muted } of after.conversations) {
    if (muted || lastMessage === undefined || lastMessage.senderId === after.me?.userId) continue;
    if (lastSeq > (held.get(conversationId) ?? 0)) return lastMessage;
  }
  return null;
}

/** Tells screen readers, politely, of each message that arrives while the page is looked at. */
export function MessageAnnouncer() {
  const client = useClient();
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const contentText = useContentText();
  const [message, setMessage] = useState<Message | null>(null);

  useEffect(() => {
    let before = client.getState();
    return client.subscribe(() => {
      const after = client.getState();
      const arrived = arrival(before, after);
      before = after;
      if (arrived !== null && document.visibilityState === "visible") setMessage(arrived);
    });
  }, [client]);

  return (
    <div role="log" aria-live="polite" className="sr-only">
      {message !== null && (
        <p key={message.messageId}>
          {message.content.kind === "system"
            ? contentText(message.content)
            : t("message.newFrom", { name: nameOf(message.senderId), text: contentText(message.content) })}
        </p>
      )}
    </div>
  );
}
