import type { ConversationView as Conversation } from "@im-webapp/client";
import type { ConversationId, Seq } from "@im-webapp/protocol";
import { MessageCircleQuestionMark } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient, useClientState } from "@im-webapp/react";
import { ConnectionNotice } from "../../app/connection-notice.tsx";
import { useSettled } from "../../lib/use-settled.ts";
import { BackHeader } from "../../ui/back-header.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ConversationView } from "./conversation-view.tsx";
import { MessagesSkeleton } from "./messages-skeleton.tsx";
import { peerOf, placeholderConversation } from "./placeholder.ts";
import { isSameButDraft } from "./same-conversation.ts";

/** The conversation of an id: as the client holds it, or the placeholder of one that is not there yet. */
function useConversation(conversationId: ConversationId): Conversation | undefined {
  const held = useClientState(
    (state) => state.conversations.find((conversation) => conversation.conversationId === conversationId),
    isSameButDraft,
  );
  const placeholder = useMemo(() => {
    const peerId = peerOf(conversationId);
    return peerId === null ? undefined : placeholderConversation(conversationId, peerId);
  }, [conversationId]);
  return held ?? placeholder;
}

function ConversationNotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={MessageCircleQuestionMark}
      title={t("conversation.notFound")}
      hint={t("conversation.notFoundHint")}
    >
      <Link to="/" className={buttonClass("primary")}>
        {t("notFound.home")}
      </Link>
    </EmptyState>
  );
}

/** How long a conversation that was made just now may take to arrive before it counts as missing, in milliseconds. */
const ARRIVAL_MS = 2_000;

interface ConversationGateProps {
  readonly conversationId: ConversationId;
  /** The message to open it at; null for none in particular. */
  readonly seq: Seq | null;
}

/** Shows a conversation, or why it cannot: not received yet, or none of ours. */
export function ConversationGate({ conversationId, seq }: ConversationGateProps) {
  const { t } = useTranslation();
  const client = useClient();
  const conversation = useConversation(conversationId);
  const isComplete = useClientState(({ connection }) => connection.status === "online");
  const peerId = peerOf(conversationId);
  const isMissing = conversation === undefined && isComplete;
  const isGivenUp = useSettled(isMissing, ARRIVAL_MS, false) && isMissing;

  useEffect(() => {
    // The name comes by itself once the client knows the person; without it the header shows an ellipsis.
    if (peerId !== null) client.loadUsers([peerId]).catch(() => undefined);
  }, [client, peerId]);

  if (conversation !== undefined) return <ConversationView conversation={conversation} seq={seq} />;
  if (isGivenUp) return <ConversationNotFound />;
  return (
    <>
      {/* It may take as long as the network does: on a phone with a way back, and why nothing comes. */}
      <BackHeader title={t("common.loading")} to="/" isTitleHidden />
      <div className="bg-surface not-empty:pt-2 sm:hidden">
        <ConnectionNotice />
      </div>
      <MessagesSkeleton />
    </>
  );
}
