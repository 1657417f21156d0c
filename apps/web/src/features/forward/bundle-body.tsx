import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useContentText } from "../conversation/content-text.ts";
import { BundleDialog } from "./bundle-dialog.tsx";
import { bundleTitle } from "./bundle-title.ts";
import type { Bundle } from "./bundle.ts";

/** Lines of a record that its bubble shows. */
const PREVIEW_LINES = 4;

/** A record of messages as a bubble shows it: whose it is, how it begins, how long it is. Opens when pressed. */
export function BundleBody({ bundle }: { readonly bundle: Bundle }) {
  const { t } = useTranslation();
  const contentText = useContentText();
  const [isOpen, setOpen] = useState(false);
  const title = bundleTitle(bundle.items, t);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`${title}. ${t("forward.open")}`}
        className="flex w-64 max-w-full flex-col rounded-sm text-left"
        onClick={() => setOpen(true)}
      >
        <span className="w-full truncate font-medium">{title}</span>
        <span className="my-1.5 flex w-full flex-col gap-0.5 border-l-2 border-accent pl-2">
          {bundle.items.slice(0, PREVIEW_LINES).map(({ senderName, content }, index) => (
            <span key={index} className="truncate text-sm text-ink-muted">
              {t("message.preview", { name: senderName, text: contentText(content) })}
            </span>
          ))}
        </span>
        <span className="text-xs text-ink-muted">{t("forward.bundleCount", { count: bundle.items.length })}</span>
      </button>
      {isOpen && <BundleDialog bundle={bundle} onClose={() => setOpen(false)} />}
    </>
  );
}
