import type { ConversationView, MessageWindow } from "@im-webapp/client";
import type { Seq } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { useCallback, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Virtualizer } from "virtua";
import { useClient, useClientState } from "@im-webapp/react";
import { FloatingDayPill, useFloatingDay } from "./floating-day.tsx";
import { MessagesSkeleton } from "./messages-skeleton.tsx";
import { FirstLoadFailed, NoMessages } from "./no-messages.tsx";
import { timelineItems } from "./timeline-items.ts";
import { TimelineRow } from "./timeline-row.tsx";
import { ToEndButton } from "./to-end-button.tsx";
import { useCoverUnread } from "./use-cover-unread.ts";
import { useMarkRead } from "./use-mark-read.ts";
import { useTimelineScroll } from "./use-timeline-scroll.ts";

/** Earlier messages are asked for this far before their place comes into view, in pixels. */
const LOAD_AHEAD_PX = 800;

interface MessageListProps {
  readonly conversation: ConversationView;
  readonly window: MessageWindow;
  /** After which message the divider of unread ones stands. */
  readonly unreadStart: Seq | null;
}

/** The messages of a conversation, oldest at the top; only the rows in view exist. */
export function MessageList({ conversation, window, unreadStart }: MessageListProps) {
  const { t } = useTranslation();
  const client = useClient();
  const me = useClientState((state) => state.me);
  const ownId = me?.userId ?? "";
  const { conversationId } = conversation;
  const { messages, outgoing, more, loading, error } = window;

  const items = useMemo(
    () => timelineItems({ messages, outgoing }, { ownId, readSeq: unreadStart }),
    [messages, outgoing, ownId, unreadStart],
  );
  const isReady = useCoverUnread(conversationId, window, unreadStart);
  const scroll = useTimelineScroll(items, isReady);
  const { list, isAtEnd, isPlaced } = scroll;
  const day = useFloatingDay(list, items);
  const updateDay = day.update;
  useMarkRead(conversation, isAtEnd && messages.at(-1)?.seq === conversation.lastSeq);

  const canLoad = isPlaced && more.before && loading === "none" && error === undefined;
  const loadAhead = useCallback(() => {
    if (canLoad && (list.current?.scrollOffset ?? Number.POSITIVE_INFINITY) < LOAD_AHEAD_PX) {
      void client.loadBefore(conversationId);
    }
  }, [canLoad, list, client, conversationId]);
  // A short page may leave the top within reach without any scrolling.
  useEffect(loadAhead, [loadAhead, items]);
  useEffect(updateDay, [updateDay, isPlaced]);

  const onScroll = (offset: number) => {
    scroll.onScroll(offset);
    updateDay();
    loadAhead();
  };

  const isEmpty = messages.length === 0 && outgoing.length === 0;
  if (isEmpty && error !== undefined) return <FirstLoadFailed conversationId={conversationId} />;
  if (isEmpty && !more.before && loading === "none") return <NoMessages conversation={conversation} />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* Scrollable regions take the focus, so that the keyboard can scroll them. */}
      <section
        aria-label={t("message.list")}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={clsx(
          "scroll-pane flex flex-1 flex-col [overflow-anchor:none] focus-visible:-outline-offset-2",
          !isPlaced && "invisible",
        )}
      >
        <div className="flex-1" />
        <Virtualizer
          ref={list}
          data={items}
          shift={scroll.isPrepended}
          as="ol"
          item="li"
          onScroll={onScroll}
          onResize={scroll.onResize}
        >
          {(item, index) => (
            <div
              key={item.key}
              className={clsx(
                index === items.length - 1 && "pb-3",
                // The floating one has taken its place.
                item.kind === "day" && item.at === day.at && "opacity-0",
              )}
            >
              {me !== null && (
                <TimelineRow item={item} next={items[index + 1]} conversation={conversation} window={window} me={me} />
              )}
            </div>
          )}
        </Virtualizer>
      </section>
      {!isPlaced && (
        <div className="absolute inset-0 flex">
          <MessagesSkeleton />
        </div>
      )}
      <FloatingDayPill at={isPlaced ? day.at : null} pill={day.pill} />
      <ToEndButton isShown={isPlaced && !isAtEnd} unread={conversation.unread} onPress={scroll.toEnd} />
    </div>
  );
}
