import { useEffect, useState, useSyncExternalStore } from "react";
import { useNavigate, useParams } from "react-router";
import { useClient } from "@im-webapp/react";
import { conversationPath, messagePath, seqOf } from "./conversation-path.ts";
import { ConversationGate } from "./conversation-gate.tsx";
import { peerOf } from "./placeholder.ts";

/**
 * The conversation that the address names, and the message in it. A first message to somebody turns a placeholder's id into the real one while
 * the conversation is open; the address follows, and the view stays as it is.
 */
export function ConversationPage() {
  const client = useClient();
  const navigate = useNavigate();
  const { conversationId: address = "", seq: part } = useParams();
  const seq = seqOf(part);
  const id = useSyncExternalStore(
    (listener) => client.subscribe(listener),
    () => client.resolveConversationId(address),
  );
  const [view, setView] = useState({ key: address, id });
  if (view.id !== id) setView({ key: client.resolveConversationId(view.id) === id ? view.key : id, id });

  useEffect(() => {
    if (address === id) return;
    void navigate(seq === null ? conversationPath(id) : messagePath(id, seq), { replace: true });
  }, [address, id, seq, navigate]);

  useEffect(() => {
    const peerId = peerOf(address);
    if (peerId === null) return undefined;
    let isCurrent = true;
    client.openDirect(peerId).then(
      (known) => {
        if (isCurrent && known !== address) void navigate(conversationPath(known), { replace: true });
      },
      // Nobody by this id: the gate says so.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, address, navigate]);

  return <ConversationGate key={view.key} conversationId={id} seq={seq} />;
}
