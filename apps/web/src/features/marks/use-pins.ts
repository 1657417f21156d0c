import type { ConversationView } from "@im-webapp/client";
import type { Message, Seq } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";

const NO_SEQS: readonly Seq[] = [];
const NO_MESSAGES: readonly Message[] = [];

/** A pinned message; what it says is unknown where it was never read on this device. */
export interface Pin {
  readonly seq: Seq;
  readonly message: Message | undefined;
}

/**
 * The pinned messages of a conversation, in the order in which they were pinned: which these are, the state says; what
 * they say comes from what is open, or else from the server.
 */
export function usePins(conversation: ConversationView): readonly Pin[] {
  const client = useClient();
  const { conversationId, pins, left = false } = conversation;
  const seqs = left ? NO_SEQS : (pins?.seqs ?? NO_SEQS);
  const shown = useClientState((state) => state.windows.get(conversationId)?.messages) ?? NO_MESSAGES;
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [read, setRead] = useState<readonly Message[]>(NO_MESSAGES);
  const key = seqs.join(" ");
  useEffect(() => {
    if (key === "" || !isOnline) return undefined;
    let isCurrent = true;
    client.marks.pins(conversationId).then(
      (messages) => {
        if (isCurrent) setRead(messages);
      },
      // Without it the bar says how many there are, and leads there.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, conversationId, key, isOnline]);
  const known = new Map([...read, ...shown].map((message) => [message.seq, message]));
  return seqs.flatMap((seq) => {
    const message = known.get(seq);
    return message?.content.kind === "system" ? [] : [{ seq, message }];
  });
}
