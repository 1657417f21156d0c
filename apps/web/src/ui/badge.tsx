import { clsx } from "clsx";

/** Above this, a count says nothing more to anybody. */
const MOST = 99;

/** A count beside a name: up to 99, then 99+. Nothing for zero. `quiet` is for what does not ask for attention. */
export function CountBadge({ count, label, quiet = false }: CountBadgeProps) {
  if (count <= 0) return null;
  return (
    <span
      className={clsx(
        "figures inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full px-1 text-xs font-semibold",
        quiet ? "bg-quiet text-on-quiet" : "bg-badge text-on-badge",
      )}
    >
      <span aria-hidden>{count > MOST ? `${MOST}+` : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

interface CountBadgeProps {
  readonly count: number;
  /** The count in words. */
  readonly label: string;
  readonly quiet?: boolean;
}

interface DotBadgeProps {
  /** What it says, in words. */
  readonly label: string;
  readonly quiet?: boolean;
}

/** A dot beside a name: something is there, and no number says how much. */
export function DotBadge({ label, quiet = false }: DotBadgeProps) {
  return (
    <span className="inline-flex size-5 shrink-0 items-center justify-center">
      <span aria-hidden className={clsx("size-2.5 rounded-full", quiet ? "bg-quiet" : "bg-badge")} />
      <span className="sr-only">{label}</span>
    </span>
  );
}
