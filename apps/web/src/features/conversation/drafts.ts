import type { ConversationId } from "@im-webapp/protocol";
import { type Dispatch, type SetStateAction, useCallback, useEffect, useState } from "react";
import { useClientState } from "@im-webapp/react";

/** What was typed and not sent, by account and conversation, for as long as the page lives. */
const drafts = new Map<string, string>();

/** The text of a conversation's composer; it survives a visit to another conversation. */
export function useDraft(conversationId: ConversationId): [string, Dispatch<SetStateAction<string>>] {
  const ownId = useClientState((state) => state.me?.userId ?? "");
  const key = `${ownId} ${conversationId}`;
  const [text, setText] = useState(() => drafts.get(key) ?? "");
  useEffect(() => {
    if (text === "") drafts.delete(key);
    else drafts.set(key, text);
  }, [key, text]);
  return [text, useCallback((value) => setText(value), [])];
}
