import type { ReactNode } from "react";

interface PaneHeaderProps {
  readonly title: string;
  /** Quiet words beside the title. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
}

/** The top of a list: what it is, and what can be added to it. */
export function PaneHeader({ title, beside, actions }: PaneHeaderProps) {
  return (
    <div className="flex h-15 shrink-0 items-center gap-3 pr-2 pl-4">
      <h1 className="shrink-0 text-xl font-semibold">{title}</h1>
      <span className="min-w-0 flex-1 truncate">{beside}</span>
      {actions}
    </div>
  );
}
