import type { EpochMs } from "@im-webapp/protocol";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { dayLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { MessageStateIcon } from "./message-state-icon.tsx";

/** A day's name on its pill; between the messages, and floating over them while they scroll. */
export function DayPill({ at }: { readonly at: EpochMs }) {
  const now = useNow();
  const style = useTimeStyle();
  return (
    <span className="inline-flex h-6 items-center rounded-full bg-raised px-3 text-xs text-ink-muted shadow-raised select-none">
      {dayLabel(at, now, style)}
    </span>
  );
}

/** Where another day begins. */
export function DayMark({ at }: { readonly at: EpochMs }) {
  return (
    <div className="flex justify-center pt-3 pb-1">
      <DayPill at={at} />
    </div>
  );
}

/** Where the messages begin that were unread on opening. */
export function UnreadMark() {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-3 px-4 pt-4 pb-1 text-xs font-medium text-accent-ink">
      <span aria-hidden className="h-px flex-1 bg-current opacity-40" />
      {t("message.unreadDivider")}
      <span aria-hidden className="h-px flex-1 bg-current opacity-40" />
    </div>
  );
}

interface SystemMarkProps {
  readonly text: string;
  readonly isChanging?: boolean;
  /** What can be done about it. */
  readonly action?: ReactNode;
}

/** What happened in a group, or to a message, quietly. `isChanging`: the server does not know it yet. */
export function SystemMark({ text, isChanging = false, action }: SystemMarkProps) {
  return (
    <p className="px-8 pt-3 pb-1 text-center text-xs text-balance wrap-anywhere text-ink-muted">
      {text}
      {action}
      {isChanging && (
        <span className="ml-1 inline-flex align-text-bottom">
          <MessageStateIcon state={{ kind: "changing" }} />
        </span>
      )}
    </p>
  );
}
