import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CountBadge } from "../../ui/badge.tsx";

interface ToEndButtonProps {
  readonly isShown: boolean;
  /** How many unread messages are below. */
  readonly unread: number;
  readonly onPress: () => void;
}

/** Leads back to the newest message, and says how much is new there. */
export function ToEndButton({ isShown, unread, onPress }: ToEndButtonProps) {
  const { t } = useTranslation();
  const label = unread > 0 ? t("message.toBottomUnread", { count: unread }) : t("message.toBottom");
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        "absolute right-4 bottom-4 z-10 inline-flex size-control items-center justify-center rounded-full bg-raised text-ink-muted shadow-overlay",
        "transition-[opacity,visibility,scale] hover:text-ink active:scale-95",
        !isShown && "invisible scale-90 opacity-0",
      )}
      onClick={onPress}
    >
      <ChevronDown aria-hidden className="size-5" />
      <span aria-hidden className="absolute -top-2 right-1/2 translate-x-1/2">
        <CountBadge count={unread} label="" />
      </span>
    </button>
  );
}
