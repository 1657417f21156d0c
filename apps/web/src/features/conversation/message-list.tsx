import type { ConversationView, MessageWindow, OutgoingMessage } from "@im-webapp/client";
import type { Seq } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Virtualizer } from "virtua";
import { useClient, useClientState } from "@im-webapp/react";
import { OrderedRows } from "../../ui/row-container.tsx";
import { walkMessages } from "../message-actions/walk-messages.ts";
import { FloatingDayPill, useFloatingDay } from "./floating-day.tsx";
import { leapTo, messagePath } from "./conversation-path.ts";
import { MessagesSkeleton } from "./messages-skeleton.tsx";
import { FirstLoadFailed, MessageNotFound, NoMessages } from "./no-messages.tsx";
import { TimelineFoot } from "./timeline-foot.tsx";
import { type TimelineItem, messageKey, timelineItems } from "./timeline-items.ts";
import { TimelineRow } from "./timeline-row.tsx";
import { ToMentionButton } from "./to-mention-button.tsx";
import { ToEndButton } from "./to-end-button.tsx";
import { useCoverUnread } from "./use-cover-unread.ts";
import { DRAWN_AHEAD_PX, useDrawnAtOnce } from "./use-drawn-at-once.ts";
import { useHeldUnderBars } from "./use-held-under-bars.ts";
import { useHighlight } from "./use-highlight.ts";
import { useMarkRead } from "./use-mark-read.ts";
import { useReadAlong } from "./use-read-along.ts";
import type { Opening } from "./use-opening.ts";
import { useSteps } from "./use-steps.ts";
import type { UnreadMentions } from "./use-unread-mentions.ts";
import { useTimelineScroll } from "./use-timeline-scroll.ts";

/** Further messages are asked for this far before their place comes into view, in pixels. */
const LOAD_AHEAD_PX = 800;

const NO_OUTGOING: readonly OutgoingMessage[] = [];

const seqsOf = (items: readonly TimelineItem[]): Seq[] =>
  items.flatMap((item) => (item.kind === "message" ? [item.message.seq] : item.kind === "system" ? [item.seq] : []));

interface MessageListProps {
  readonly conversation: ConversationView;
  readonly window: MessageWindow;
  /** Where it opens; the list lives as long as this stays the same. */
  readonly opening: Opening;
  /** After which message the divider of unread ones stands. */
  readonly unreadStart: Seq | null;
  /** What names this person and has not been on the screen; it outlives the list. */
  readonly mentions: UnreadMentions;
  /** Somebody wants to see the end, which is not in memory or not what the address names. */
  readonly onLeavePlace: () => void;
}

/** The messages of a conversation, oldest at the top; only the rows in view exist. */
export function MessageList({ conversation, window, opening, unreadStart, mentions, onLeavePlace }: MessageListProps) {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const me = useClientState((state) => state.me);
  const ownId = me?.userId ?? "";
  const { conversationId } = conversation;
  const { messages, more, atEnd, loading, error } = window;
  // What is on its way stands behind the newest message, which is not here.
  const outgoing = atEnd ? window.outgoing : NO_OUTGOING;
  const first = messages[0]?.seq;
  const readSeq = first !== undefined && more.before && first > (unreadStart ?? 0) + 1 ? null : unreadStart;

  const made = useMemo(
    () => timelineItems({ messages, outgoing }, { ownId, readSeq }),
    [messages, outgoing, ownId, readSeq],
  );
  const isReady = useCoverUnread(conversationId, window, opening, unreadStart);
  const items = useSteps(made, isReady);
  const asked = opening.seq === null ? undefined : messages.find(({ seq }) => seq === opening.seq);
  const askedKey = asked && messageKey(asked);
  const scroll = useTimelineScroll(items, {
    isReady,
    start: opening.at === "message" ? { key: askedKey } : opening.at,
    isNewestLast: atEnd,
  });
  const { list, isAtEnd, isPlaced } = scroll;
  const pane = useRef<HTMLElement>(null);
  useHeldUnderBars(pane, isPlaced);
  const isHighlighting = useHighlight(isPlaced);
  const day = useFloatingDay(list, items);
  const updateDay = day.update;
  useMarkRead(conversation, isAtEnd && messages.at(-1)?.seq === conversation.lastSeq);

  const canLoad = scroll.isSteady && loading === "none" && error === undefined;
  const canLoadBefore = canLoad && more.before;
  const canLoadAfter = canLoad && more.after && !atEnd;
  const loadAhead = useCallback(() => {
    const handle = list.current;
    if (handle === null) return;
    const below = handle.scrollSize - handle.viewportSize - handle.scrollOffset;
    if (canLoadBefore && handle.scrollOffset < LOAD_AHEAD_PX) void client.loadBefore(conversationId);
    else if (canLoadAfter && below < LOAD_AHEAD_PX) void client.loadAfter(conversationId);
  }, [canLoadBefore, canLoadAfter, list, client, conversationId]);
  // A short page may leave an end within reach without any scrolling.
  useEffect(loadAhead, [loadAhead, items]);
  useEffect(updateDay, [updateDay, isPlaced]);

  const { seen } = mentions;
  const readAlong = useReadAlong(conversation);
  const noteSeen = useCallback(() => {
    const handle = list.current;
    if (handle === null || !isPlaced || document.visibilityState === "hidden") return;
    const top = handle.findItemIndex(handle.scrollOffset);
    const bottom = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    const shown = seqsOf(items.slice(top, bottom + 1));
    if (shown.length > 0) seen(Math.min(...shown), Math.max(...shown));
    // The lowest may be cut off: it is read once its end has come into view.
    const whole = seqsOf(items.slice(top, bottom));
    if (whole.length > 0) readAlong(Math.min(...whole), Math.max(...whole));
  }, [list, items, isPlaced, seen, readAlong]);
  useEffect(() => {
    if (scroll.isSteady) noteSeen();
  }, [scroll.isSteady, noteSeen, mentions.seqs]);

  const drawAtOnce = useDrawnAtOnce(list);
  const onScroll = (offset: number) => {
    drawAtOnce(offset);
    scroll.onScroll(offset);
    updateDay();
    loadAhead();
    noteSeen();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowUp: -1, ArrowDown: 1 } as const;
    if (event.target !== event.currentTarget || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    if (walkMessages(event.currentTarget, step[event.key])) event.preventDefault();
  };

  const toEnd = atEnd && opening.at !== "message" ? scroll.toEnd : onLeavePlace;
  const isEmpty = messages.length === 0 && outgoing.length === 0;
  if (isEmpty && error?.code === "NOT_FOUND" && window.around !== undefined && opening.at === "message") {
    return <MessageNotFound onToEnd={onLeavePlace} />;
  }
  if (isEmpty && error !== undefined) return <FirstLoadFailed conversationId={conversationId} />;
  if (isEmpty && !more.before && loading === "none") return <NoMessages conversation={conversation} />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* Scrollable regions take the focus, so that the keyboard can scroll them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <section
        ref={pane}
        aria-label={t("message.list")}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-message-list
        onKeyDown={onKeyDown}
        className={clsx(
          // Positioned, so that what is hidden in its foot for screen readers is clipped here and not beside the page.
          "scroll-pane relative flex flex-1 flex-col [overflow-anchor:none] focus-visible:-outline-offset-2",
          !isPlaced && "invisible",
        )}
      >
        <div className="flex-1" />
        <Virtualizer
          ref={list}
          data={items}
          shift={isPlaced && scroll.isShifted}
          as={OrderedRows}
          bufferSize={DRAWN_AHEAD_PX}
          item="li"
          onScroll={onScroll}
          onResize={scroll.onResize}
        >
          {(item, index) => (
            <div
              key={item.key}
              aria-current={isHighlighting && item.key === askedKey ? "location" : undefined}
              className={clsx(
                "transition-colors duration-500 aria-[current=location]:bg-accent-tint",
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
        <TimelineFoot conversationId={conversationId} window={window} />
      </section>
      {!isPlaced && (
        <div className="absolute inset-0 flex">
          <MessagesSkeleton />
        </div>
      )}
      <FloatingDayPill at={isPlaced ? day.at : null} pill={day.pill} />
      <ToMentionButton
        count={isPlaced ? mentions.seqs.length : 0}
        isBusy={!scroll.isSteady || loading !== "none"}
        onPress={() => {
          const [next] = mentions.seqs;
          if (next !== undefined) void navigate(messagePath(conversationId, next), leapTo());
        }}
      />
      <ToEndButton isShown={isPlaced && !isAtEnd} unread={conversation.unread} onPress={toEnd} />
    </div>
  );
}
