import type { ReactNode } from "react";

interface SecurityLineProps {
  readonly title: string;
  readonly hint: string;
  /** Its control. */
  readonly children?: ReactNode;
}

/** One way of protection: what it is, how it stands, and what can be done about it. */
export function SecurityLine({ title, hint, children }: SecurityLineProps) {
  return (
    <div className="flex min-h-16 flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-base">{title}</p>
        <p className="text-sm text-ink-muted">{hint}</p>
      </div>
      {children}
    </div>
  );
}
