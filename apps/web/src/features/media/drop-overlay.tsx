import { Upload } from "lucide-react";
import { useTranslation } from "react-i18next";

/** Over the conversation while files are dragged over the page. */
export function DropOverlay({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-2 z-20 flex animate-fade-in flex-col items-center justify-center gap-3 rounded-lg border-2 border-dashed border-accent bg-accent-tint p-6 text-center text-lg font-medium text-accent-ink"
    >
      <Upload aria-hidden className="size-8" strokeWidth={1.5} />
      <span className="max-w-full wrap-anywhere">{t("media.dropHere", { name })}</span>
    </div>
  );
}
