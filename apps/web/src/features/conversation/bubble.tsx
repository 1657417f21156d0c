import type { Content, EpochMs, SendableContent } from "@im-webapp/protocol";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clockLabel, fullLabel } from "../../lib/time.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { useRichContent } from "../forward/rich-content.tsx";
import { useContentText } from "./content-text.ts";
import { MessageStateIcon } from "./message-state-icon.tsx";
import type { MessageState } from "./message-state.ts";
import { RichText } from "./rich-text.tsx";
import type { GroupPlace } from "./timeline-items.ts";

interface BubbleProps extends GroupPlace {
  readonly content: Content | SendableContent;
  readonly at: EpochMs;
  readonly isOwn: boolean;
  readonly isEdited?: boolean;
  /** Of an own message, or of one that is being changed. */
  readonly state?: MessageState | undefined;
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

function Body({ content }: { readonly content: Content | SendableContent }): ReactNode {
  const contentText = useContentText();
  const rich = useRichContent(content);
  if (rich !== undefined) return rich;
  if (content.kind === "text") return <RichText text={content.text} />;
  return <span className="text-ink-muted">{contentText(content)}</span>;
}

/** What was said, with when, and how far it has come if it is one's own. Shown in full for the last of a group. */
export function Bubble({ content, at, isOwn, isFirst, isLast, isEdited = false, state, showsMeta }: BubbleProps) {
  const { t } = useTranslation();
  return (
    <div className={clsx("flex min-w-0 items-end gap-2", isOwn && "flex-row-reverse")}>
      <div
        className={clsx(
          "flow-root max-w-bubble min-w-0 rounded-lg px-3 py-2 text-message touch:text-message-touch",
          isOwn ? "bg-bubble-own" : "bg-raised shadow-raised",
          isOwn && !isFirst && "rounded-tr-sm",
          isOwn && !isLast && "rounded-br-sm",
          !isOwn && !isFirst && "rounded-tl-sm",
          !isOwn && !isLast && "rounded-bl-sm",
          state?.kind === "failed" && "ring-1 ring-danger",
        )}
      >
        <Body content={content} />
        {showsMeta && (
          <span
            className={clsx(
              "relative top-1 float-right ml-3 flex h-5 items-center gap-1 text-xs select-none",
              isOwn ? "text-bubble-own-meta" : "text-ink-muted",
            )}
          >
            {isEdited && <span>{t("message.edited")}</span>}
            <Time at={at} />
            {state !== undefined && <MessageStateIcon state={state} />}
          </span>
        )}
      </div>
      {!showsMeta && (
        <span className="shrink-0 pb-1 text-xs text-ink-muted opacity-0 transition-opacity select-none group-hover/message:opacity-100 group-focus-within/message:opacity-100">
          <Time at={at} />
        </span>
      )}
    </div>
  );
}
