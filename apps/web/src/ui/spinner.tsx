import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";

/** Turns while something is under way; what it is must be said in words beside it. */
export function Spinner({ className }: { readonly className?: string }) {
  return <LoaderCircle aria-hidden className={clsx("size-4 shrink-0 animate-spin", className)} strokeWidth={2} />;
}
