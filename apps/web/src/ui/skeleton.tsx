import { clsx } from "clsx";

/** A quiet shape in place of what is still loading. Appears only after 150 ms, so that fast answers never flash. */
export function Skeleton({ className }: { readonly className: string }) {
  return <span aria-hidden className={clsx("skeleton block rounded-sm bg-pressed", className)} />;
}
