import { type LucideIcon, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";

interface ComposingBarProps {
  readonly icon: LucideIcon;
  /** What is being done. */
  readonly title: string;
  /** The message that it is about, as one line. */
  readonly text: string;
  /** The button that leaves it. */
  readonly cancel: string;
  readonly onCancel: () => void;
}

/** Over the composer: which message is being answered or changed, and the way out of it. */
export function ComposingBar({ icon: Icon, title, text, cancel, onCancel }: ComposingBarProps) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={t("actions.composing")} className="mb-1 flex items-center gap-3 pl-2">
      <Icon aria-hidden className="size-5 shrink-0 text-accent-ink" strokeWidth={1.75} />
      <div className="min-w-0 flex-1 border-l-2 border-accent pl-2">
        <p className="truncate text-xs font-medium text-accent-ink">{title}</p>
        <p className="truncate text-sm text-ink-muted">{text}</p>
      </div>
      <IconButton icon={X} label={cancel} onClick={onCancel} />
    </div>
  );
}
