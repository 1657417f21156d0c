import type { ReactNode } from "react";

/** The way from logging in to registering, and back. The child is its link. */
export function AuthSwitch({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <p className="text-center text-base text-ink-muted [&_a]:hit-area [&_a]:rounded-sm [&_a]:font-medium [&_a]:text-accent-ink [&_a]:underline-offset-3 [&_a]:hover:underline">
      {text} {children}
    </p>
  );
}
