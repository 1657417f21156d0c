import type { ConversationView, MessageWindow } from "@im-webapp/client";
import { RECEIPT_MEMBERS, type Seq, type UserId } from "@im-webapp/protocol";
import { useEffect, useMemo, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import { hasReaders } from "../marks/has-readers.ts";
import { type Receipts, knownReceipts } from "./known-receipts.ts";
import { sentState } from "./message-state.ts";

const NONE: Receipts = new Map();
const NO_MESSAGES: MessageWindow["messages"] = [];

/**
 * The conversation with all that is known of how far others have read. The client knows what it was told since this device
 * has the conversation; a device that is new would show as merely sent what was read long ago. So the own message that is
 * the newest at the opening is asked about when it looks so; of later ones the client is told.
 */
export function useKnownReceipts(conversation: ConversationView, window: MessageWindow | undefined): ConversationView {
  const client = useClient();
  const ownId = useClientState((state) => state.me?.userId ?? "");
  const isOnline = useClientState((state) => state.connection.status === "online");
  const messages = window?.messages ?? NO_MESSAGES;
  const [asked, setAsked] = useState<Receipts>(NONE);
  const receipts = useMemo(() => knownReceipts(conversation, messages, asked), [conversation, messages, asked]);
  const known = useMemo(
    () => (receipts === conversation.receipts ? conversation : { ...conversation, receipts }),
    [conversation, receipts],
  );

  const { conversationId, type, memberCount = Number.POSITIVE_INFINITY } = conversation;
  const newest = window?.atEnd === true ? messages.findLast(({ senderId }) => senderId === ownId) : undefined;
  const [first, setFirst] = useState<Seq>();
  if (first === undefined && newest !== undefined) setFirst(newest.seq);
  const isOpen =
    newest !== undefined &&
    newest.seq === first &&
    hasReaders(newest, conversation, ownId) &&
    (type === "direct" || memberCount <= RECEIPT_MEMBERS) &&
    sentState(newest, known).kind === "sent";
  const seq = isOpen ? newest.seq : undefined;
  useEffect(() => {
    if (seq === undefined || !isOnline) return undefined;
    let isCurrent = true;
    client.readers(conversationId, seq).then(
      ({ readers }) => {
        if (isCurrent && readers.length > 0)
          setAsked(new Map(readers.map((userId): [UserId, number] => [userId, seq])));
      },
      // It is shown as sent, which it is.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, conversationId, seq, isOnline]);
  return known;
}
