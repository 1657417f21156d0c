import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly hint?: string;
  /** The next step. */
  readonly children?: ReactNode;
}

/** What stands where nothing is yet, or where something went wrong: what it is, and the next step. */
export function EmptyState({ icon: Icon, title, hint, children }: EmptyStateProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-1 p-8 text-center">
      <span className="mb-3 inline-flex size-14 items-center justify-center rounded-lg bg-accent-tint text-accent-ink">
        <Icon aria-hidden className="size-7" strokeWidth={1.5} />
      </span>
      <p className="max-w-full text-lg font-medium wrap-break-word text-ink">{title}</p>
      {hint !== undefined && <p className="max-w-72 text-base text-balance text-ink-muted">{hint}</p>}
      {children !== undefined && (
        <div className="mt-5 flex flex-wrap items-center justify-center gap-3">{children}</div>
      )}
    </div>
  );
}
