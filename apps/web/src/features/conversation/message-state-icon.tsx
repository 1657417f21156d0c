import { clsx } from "clsx";
import type { TFunction } from "i18next";
import { Check, CheckCheck, CircleAlert, Clock3, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { MessageState } from "./message-state.ts";

const ICONS: Record<MessageState["kind"], LucideIcon> = {
  changing: Clock3,
  waiting: Clock3,
  sending: Clock3,
  sent: Check,
  read: CheckCheck,
  failed: CircleAlert,
};

/** A message's state in words. */
function stateText(state: MessageState, t: TFunction): string {
  if (state.kind === "sent" && state.readers > 0) return t("message.readBy", { count: state.readers });
  return t(`message.${state.kind}`);
}

interface MessageStateIconProps {
  readonly state: MessageState;
  /** Makes it a button that shows more of it. */
  readonly onPress?: (() => void) | undefined;
  /** Whether pressing a little below it is pressing it; the next message may be there. */
  readonly hasRoomBelow?: boolean;
}

/** A message's state as an icon, and in words for screen readers. */
export function MessageStateIcon({ state, onPress, hasRoomBelow = false }: MessageStateIconProps) {
  const { t } = useTranslation();
  const Icon = ICONS[state.kind];
  const text = stateText(state, t);
  const icon = (
    <>
      <Icon
        aria-hidden
        strokeWidth={2}
        className={clsx(
          "size-3.5",
          state.kind === "failed" && "text-danger-ink",
          state.kind === "read" && "text-accent-ink",
        )}
      />
      <span className="sr-only">{text}</span>
    </>
  );
  if (onPress === undefined) {
    return (
      <span title={text} className="inline-flex shrink-0">
        {icon}
      </span>
    );
  }
  return (
    // The keyboard has it in the message's menu, without a stop at each message.
    <button
      type="button"
      tabIndex={-1}
      title={text}
      aria-haspopup="dialog"
      onClick={onPress}
      className={clsx(
        "hit-area inline-flex shrink-0 rounded-sm after:-inset-x-4 hover:text-ink active:opacity-70",
        !hasRoomBelow && "after:-translate-y-[calc(50%+0.5rem)]",
      )}
    >
      {icon}
    </button>
  );
}
