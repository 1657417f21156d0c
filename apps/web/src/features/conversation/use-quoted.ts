import type { ConversationId, Message, Seq } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import { wireErrorOf } from "../../lib/error-text.ts";

/** A message that another one answers: being looked for, here, not to be read, or not to be had without a connection. */
export type Quoted =
  | { readonly kind: "loading" }
  | { readonly kind: "known"; readonly message: Message }
  | { readonly kind: "denied" }
  | { readonly kind: "unreached" };

const LOADING: Quoted = { kind: "loading" };

/** What is quoted: from the messages on the screen, where it changes with them, else from the cache or the server. */
export function useQuoted(conversationId: ConversationId, seq: Seq): Quoted {
  const client = useClient();
  const isOnline = useClientState((state) => state.connection.status === "online");
  const shown = useClientState((state) => {
    const messages = state.windows.get(conversationId)?.messages;
    const first = messages?.[0]?.seq;
    // One run without a hole.
    return first === undefined ? undefined : messages?.[seq - first];
  });
  const [fetched, setFetched] = useState<Quoted>(LOADING);
  const isShown = shown !== undefined;
  const isWanted = !isShown && fetched.kind !== "known" && (isOnline || fetched.kind === "loading");

  useEffect(() => {
    if (!isWanted) return undefined;
    let isCurrent = true;
    client.getMessage(conversationId, seq).then(
      (message) => {
        if (isCurrent) setFetched({ kind: "known", message });
      },
      (error: unknown) => {
        const code = wireErrorOf(error)?.code;
        const isDenied = code === "NOT_FOUND" || code === "NOT_MEMBER" || code === "FORBIDDEN";
        if (isCurrent) setFetched({ kind: isDenied ? "denied" : "unreached" });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [client, conversationId, seq, isWanted]);

  return isShown ? { kind: "known", message: shown } : fetched;
}
