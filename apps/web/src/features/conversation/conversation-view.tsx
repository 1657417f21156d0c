import type { ConversationView as Conversation, MessageWindow } from "@im-webapp/client";
import type { Seq } from "@im-webapp/protocol";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { ConnectionNotice } from "../../app/connection-notice.tsx";
import { AliasContext } from "../../app/names.ts";
import { AnnouncementBanner } from "../groups/announcement-banner.tsx";
import { useAliases } from "../groups/use-aliases.ts";
import { useSilence } from "../groups/use-silence.ts";
import { Gallery } from "../media/gallery.tsx";
import { imagesOf } from "../media/images-of.ts";
import { voicePlayer } from "../media/voice-player.ts";
import { PinBar } from "../marks/pin-bar.tsx";
import { MessageControlProvider } from "../message-actions/message-control-provider.tsx";
import { useMessageControl, useMessageModes } from "../message-actions/message-control.ts";
import { SelectionBar } from "../message-actions/selection-bar.tsx";
import { Composer } from "./composer.tsx";
import { ConversationHeader } from "./conversation-header.tsx";
import { ConversationPanel } from "./conversation-panel.tsx";
import { FailedChanges } from "./failed-changes.tsx";
import { MessageList } from "./message-list.tsx";
import { MessagesSkeleton } from "./messages-skeleton.tsx";
import { useKnownReceipts } from "./use-known-receipts.ts";
import { useDetailsPanel } from "./use-details-panel.ts";
import { useOpened } from "./use-opened.ts";
import { useOpening } from "./use-opening.ts";
import { useUnreadMentions } from "./use-unread-mentions.ts";
import { useUnreadStart } from "./use-unread-start.ts";

const EMPTY_WINDOW: MessageWindow = {
  messages: [],
  outgoing: [],
  changing: new Set(),
  more: { before: false, after: false },
  atEnd: true,
  loading: "none",
};

/** Keeps the conversation's messages in memory while it is on the screen. */
function useOpenWindow(conversation: Conversation): MessageWindow | undefined {
  const client = useClient();
  const { conversationId } = conversation;
  // Opened under the first id and closed under whatever that has become, so that the window lives through the change.
  const openedAs = useRef(conversationId);
  useEffect(() => {
    const id = openedAs.current;
    client.openConversation(id);
    return () => client.closeConversation(client.resolveConversationId(id));
  }, [client]);
  const held = useClientState((state) => state.windows.get(conversationId));
  return held ?? (conversation.lastSeq === 0 ? EMPTY_WINDOW : undefined);
}

interface ComposerOrNoticeProps {
  readonly conversation: Conversation;
  readonly onSend: () => void;
}

function ComposerOrNotice({ conversation, onSend }: ComposerOrNoticeProps) {
  const { t } = useTranslation();
  const silence = useSilence(conversation);
  const { peerId } = conversation;
  const isDeleted = useClientState((state) => peerId !== undefined && state.users.get(peerId)?.deleted === true);
  if (conversation.type === "system") return null;
  const left = conversation.left === true && t(conversation.dissolved ? "groups.dissolved" : "conversation.left");
  const closed = left || (isDeleted && t("people.deletedNote")) || silence;
  if (closed) {
    return (
      <p
        role="status"
        className="border-t border-line bg-surface px-4 pt-4 pb-[calc(--spacing(4)+env(safe-area-inset-bottom,0px))] text-center text-sm text-ink-muted"
      >
        {closed}
      </p>
    );
  }
  return <Composer conversation={conversation} onSend={onSend} />;
}

function BelowMessages(props: ComposerOrNoticeProps) {
  const { selection } = useMessageModes();
  return selection === null ? <ComposerOrNotice {...props} /> : <SelectionBar conversation={props.conversation} />;
}

/** The part of a conversation in which Esc leaves what one is about to do with its messages. */
function MessagesAndComposer({ children }: { readonly children: ReactNode }) {
  const control = useMessageControl();
  return (
    // Esc is a shortcut of what has the focus in here, each of which can be left by a button as well.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <section
      className="relative flex min-h-0 min-w-0 flex-1 flex-col"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing) return;
        if (control.leave()) event.preventDefault();
        control.field.current?.focus();
      }}
    >
      {children}
    </section>
  );
}

interface ConversationViewProps {
  readonly conversation: Conversation;
  /** The message to open it at; null for none in particular. */
  readonly seq: Seq | null;
}

/** A conversation: its header, its messages, what one writes, and its details on demand. */
export function ConversationView({ conversation: held, seq }: ConversationViewProps) {
  const window = useOpenWindow(held);
  const conversation = useKnownReceipts(held, window);
  useOpened(conversation);
  const { opening, toEnd } = useOpening(conversation.conversationId, seq);
  const unreadStart = useUnreadStart(conversation);
  const mentions = useUnreadMentions(conversation);
  const panel = useDetailsPanel();
  const aliases = useAliases(conversation, window);
  const messages = window?.messages;
  const images = useMemo(() => imagesOf(messages ?? []), [messages]);
  // Who leaves a conversation wants to hear no more of it.
  useEffect(() => () => voicePlayer.pause(), []);
  return (
    <AliasContext value={aliases}>
      <div className="flex min-h-0 flex-1">
        <MessageControlProvider conversation={conversation}>
          <MessagesAndComposer>
            <ConversationHeader conversation={conversation} panel={panel} />
            <div className="bg-surface not-empty:pt-2 sm:hidden">
              <ConnectionNotice />
            </div>
            <AnnouncementBanner conversation={conversation} />
            <PinBar conversation={conversation} />
            {window === undefined ? (
              <MessagesSkeleton />
            ) : (
              <Gallery images={images}>
                <MessageList
                  key={opening.key}
                  conversation={conversation}
                  window={window}
                  opening={opening}
                  unreadStart={unreadStart}
                  mentions={mentions}
                  onLeavePlace={toEnd}
                />
              </Gallery>
            )}
            <FailedChanges conversationId={conversation.conversationId} />
            <BelowMessages
              conversation={conversation}
              onSend={() => {
                // What one says stands at the end, and one wants to see it.
                if (window?.atEnd === false) toEnd();
              }}
            />
          </MessagesAndComposer>
        </MessageControlProvider>
        <ConversationPanel conversation={conversation} panel={panel} />
      </div>
    </AliasContext>
  );
}
