import type { Content, ConversationId, EpochMs, Mentions, SendableContent, Seq } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Star } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clockLabel, fullLabel } from "../../lib/time.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { ErrorBoundary } from "../../ui/error-boundary.tsx";
import { useRichContent } from "../forward/rich-content.tsx";
import { isPicture, mediaContent } from "../media/media-content.tsx";
import { useMentionNames } from "../mentions/use-mention-names.ts";
import { RichText } from "../rich-text/rich-text.tsx";
import { useContentText } from "./content-text.ts";
import { MessageStateIcon } from "./message-state-icon.tsx";
import type { MessageState } from "./message-state.ts";
import { Quote } from "./quote.tsx";
import type { GroupPlace } from "./timeline-items.ts";

interface BubbleProps extends GroupPlace {
  readonly content: Content | SendableContent;
  /** What it shows in place of that while its file is on its way from this device, and whether it fills the bubble. */
  readonly carried?: { readonly body: ReactNode; readonly fills: boolean } | undefined;
  readonly at: EpochMs;
  readonly isOwn: boolean;
  readonly editedAt?: EpochMs | undefined;
  /** Whether this person keeps it among their own. */
  readonly isStarred?: boolean | undefined;
  readonly mentions?: Mentions | undefined;
  /** The message that it answers. */
  readonly answers?: { readonly conversationId: ConversationId; readonly seq: Seq } | undefined;
  /** Of an own message, or of one that is being changed. */
  readonly state?: MessageState | undefined;
  /** Shows who has read it; undefined where nobody can have. */
  readonly onShowReaders?: (() => void) | undefined;
  /** Whether time and state are shown without being asked for. */
  readonly showsMeta: boolean;
}

function Time({ at }: { readonly at: EpochMs }) {
  const style = useTimeStyle();
  return (
    <time dateTime={new Date(at).toISOString()} title={fullLabel(at, style)} className="figures">
      {clockLabel(at, style)}
    </time>
  );
}

function Body({ content, mentions, at, isOwn }: Pick<BubbleProps, "content" | "mentions" | "at" | "isOwn">): ReactNode {
  const contentText = useContentText();
  const names = useMentionNames(mentions);
  const rich = useRichContent(content) ?? mediaContent(content, isOwn ? undefined : at);
  if (rich !== undefined) return rich;
  if (content.kind === "text") return <RichText text={content.text} names={names} />;
  return <span className="text-ink-muted">{contentText(content)}</span>;
}

function Unshowable() {
  const { t } = useTranslation();
  return <span className="text-ink-muted">{t("message.unshowable")}</span>;
}

function Edited({ at }: { readonly at: EpochMs }) {
  const { t } = useTranslation();
  const style = useTimeStyle();
  return <span title={t("actions.editedAt", { time: fullLabel(at, style) })}>{t("message.edited")}</span>;
}

function StarredMark() {
  const { t } = useTranslation();
  return <Star role="img" aria-label={t("marks.isStarred")} className="size-3.5 shrink-0 fill-current" />;
}

/** What was said, with when, and how far it has come if it is one's own. Shown in full for the last of a group. */
export function Bubble(props: BubbleProps) {
  const { content, carried, at, isOwn, isFirst, isLast, editedAt, isStarred = false, mentions, answers, state } = props;
  const showsMeta = props.showsMeta || isStarred;
  const fills = carried?.fills ?? isPicture(content);
  return (
    <div className={clsx("flex max-w-full min-w-0 items-end gap-2", isOwn && "flex-row-reverse")}>
      <div
        data-bubble
        className={clsx(
          "flow-root max-w-bubble min-w-0 rounded-lg text-message touch:text-message-touch",
          fills ? "relative p-1" : "px-3 py-2",
          answers !== undefined && "min-w-48",
          isOwn ? "bg-bubble-own" : "bg-raised shadow-raised",
          isOwn && !isFirst && "rounded-tr-sm",
          isOwn && !isLast && "rounded-br-sm",
          !isOwn && !isFirst && "rounded-tl-sm",
          !isOwn && !isLast && "rounded-bl-sm",
          state?.kind === "failed" && "ring-1 ring-danger",
        )}
      >
        {answers !== undefined && <Quote conversationId={answers.conversationId} seq={answers.seq} isOwn={isOwn} />}
        {carried?.body ?? (
          <ErrorBoundary key={editedAt} fallback={<Unshowable />}>
            <Body content={content} mentions={mentions} at={at} isOwn={isOwn} />
          </ErrorBoundary>
        )}
        {showsMeta && (
          <span
            className={clsx(
              "flex h-5 items-center gap-1 text-xs select-none",
              fills
                ? "absolute right-2.5 bottom-2.5 rounded-full bg-veil px-2 text-on-veil [&_button]:hover:text-on-veil [&_svg]:text-on-veil"
                : ["relative top-1 float-right ml-3", isOwn ? "text-bubble-own-meta" : "text-ink-muted"],
            )}
          >
            {isStarred && <StarredMark />}
            {editedAt !== undefined && <Edited at={editedAt} />}
            <Time at={at} />
            {state !== undefined && (
              <MessageStateIcon state={state} onPress={props.onShowReaders} hasRoomBelow={isLast} />
            )}
          </span>
        )}
      </div>
      {!showsMeta && (
        <span className="shrink-0 pb-1 text-xs text-ink-muted opacity-0 transition-opacity select-none group-hover/message:opacity-100 group-focus-within/message:opacity-100">
          {editedAt !== undefined && <Edited at={editedAt} />} <Time at={at} />
        </span>
      )}
    </div>
  );
}
