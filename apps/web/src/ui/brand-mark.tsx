import { clsx } from "clsx";

/** The app's sign; the same as public/icon.svg, in the colours of the theme. */
export function BrandMark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={clsx("block shrink-0", className ?? "size-10")}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        className="fill-on-accent"
        d="M9 8.500h14a2.5 2.5 0 0 1 2.5 2.500v8a2.5 2.5 0 0 1-2.5 2.500h-6.200l-4.600 3.700c-.5.4-1.200.05-1.200-.6v-3.100H9A2.5 2.5 0 0 1 6.5 19v-8A2.5 2.5 0 0 1 9 8.500Z"
      />
      <path className="stroke-accent" strokeWidth="2" strokeLinecap="round" d="M11.5 13.500h9M11.5 17h5.5" />
    </svg>
  );
}
