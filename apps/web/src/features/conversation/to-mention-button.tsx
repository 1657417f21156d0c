import { AtSign } from "lucide-react";
import { useTranslation } from "react-i18next";

interface ToMentionButtonProps {
  /** How many mentions have not been looked at. */
  readonly count: number;
  /** Messages are being loaded: what is loaded then would move the place that one goes to. */
  readonly isBusy: boolean;
  readonly onPress: () => void;
}

/** Leads to the first message that names this person and has not been on the screen. */
export function ToMentionButton({ count, isBusy, onPress }: ToMentionButtonProps) {
  const { t } = useTranslation();
  if (count === 0) return null;
  const label = t("mention.toFirst", { count });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={isBusy}
      className="absolute right-4 bottom-18 z-10 inline-flex size-control animate-fade-in items-center justify-center rounded-full bg-raised text-danger-ink shadow-overlay transition-[scale] active:scale-95"
      onClick={onPress}
    >
      <AtSign aria-hidden className="size-5" />
    </button>
  );
}
