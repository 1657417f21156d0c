import type { ReactNode } from "react";
import { BackHeader } from "../../ui/back-header.tsx";

/** The frame of one page of the settings: its title with the way back on a phone, and its parts below each other. */
export function SettingsPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <BackHeader title={title} to="/settings" />
      <div className="scroll-pane flex-1">
        <div className="mx-auto flex w-full max-w-140 flex-col gap-6 p-4 pb-10 sm:pt-6">{children}</div>
      </div>
    </>
  );
}

/** Settings that belong together, on one ground. */
export function SettingsPart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h2 className="px-4 text-sm font-medium text-ink-muted">{title}</h2>
      <div className="divide-y divide-line rounded-lg bg-surface shadow-raised">{children}</div>
    </section>
  );
}

/** One setting: its name, and its control at the end of the line or below. */
export function SettingsLine({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
      <span className="text-base">{label}</span>
      {children}
    </div>
  );
}
