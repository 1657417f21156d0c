import type { ConversationId } from "@im-webapp/protocol";
import { useEffect } from "react";
import { useMatch } from "react-router";
import { useClient } from "@im-webapp/react";
import { holdMark } from "../../lib/page-locks.ts";

/** What a page holds while somebody looks at a conversation there. */
export const lookedAtMark = (conversationId: ConversationId) => `im.lookedAt:${conversationId}`;

const isLookedAt = () => document.visibilityState === "visible" && document.hasFocus();

/** Lets all pages know which conversation is looked at here: the one that is open, while the page has the focus. */
export function useLookedAt(): void {
  const client = useClient();
  const { params } = useMatch("/c/:conversationId/*") ?? {};
  const conversationId =
    params?.conversationId === undefined ? undefined : client.resolveConversationId(params.conversationId);
  useEffect(() => {
    if (conversationId === undefined) return undefined;
    let release: (() => void) | undefined;
    const look = () => {
      if (isLookedAt()) release ??= holdMark(lookedAtMark(conversationId));
      else {
        release?.();
        release = undefined;
      }
    };
    look();
    const gone = new AbortController();
    const options = { signal: gone.signal };
    window.addEventListener("focus", look, options);
    window.addEventListener("blur", look, options);
    document.addEventListener("visibilitychange", look, options);
    return () => {
      gone.abort();
      release?.();
    };
  }, [conversationId]);
}
