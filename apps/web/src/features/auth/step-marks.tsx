import { clsx } from "clsx";
import { useTranslation } from "react-i18next";

/** How far one is in a form of several steps. */
export function StepMarks({ step, total }: { readonly step: number; readonly total: number }) {
  const { t } = useTranslation();
  return (
    <p className="flex items-center justify-between gap-3 text-sm text-ink-muted">
      {t("auth.step", { step: String(step), total: String(total) })}
      <span aria-hidden className="flex gap-1.5">
        {Array.from({ length: total }, (_, index) => (
          <span
            key={index}
            className={clsx("h-1 w-6 rounded-full transition-colors", index < step ? "bg-accent" : "bg-pressed")}
          />
        ))}
      </span>
    </p>
  );
}
