import { clsx } from "clsx";
import { CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface NoticeProps {
  readonly tone: "danger" | "warning" | "news";
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  /** A control at its end. */
  readonly action?: ReactNode;
  readonly className?: string;
}

const TONES = {
  danger: "bg-danger-tint text-danger-ink",
  warning: "bg-warning-tint text-warning-ink",
  news: "bg-accent-tint text-accent-ink",
};

/** A line that says what is wrong, or new, on a ground of its tone. Announce it with a live region around it if it comes late. */
export function Notice({ tone, icon: Icon = CircleAlert, children, action, className }: NoticeProps) {
  return (
    <div className={clsx("flex min-h-10 items-center gap-2 rounded-md px-3 py-2 text-sm", TONES[tone], className)}>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 wrap-break-word">{children}</span>
      {action}
    </div>
  );
}
