import { Download, ImageIcon } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button, buttonClass } from "../../ui/button.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { qrPicture, toPng } from "./qr-picture.ts";
import { useCopied } from "./use-copied.ts";

interface LinkCodeProps {
  readonly link: string;
  /** What it leads to. */
  readonly name: string;
}

/** A link as a square that a phone's camera reads, to be saved and copied as a picture. */
export function LinkCode({ link, name }: LinkCodeProps) {
  const { t } = useTranslation();
  const picture = useMemo(() => qrPicture(link), [link]);
  const { copied, copy } = useCopied();
  const canCopy = typeof ClipboardItem === "function";

  const address = useMemo(() => picture?.toDataURL("image/png"), [picture]);
  const copyPicture = useCallback(
    (shown: HTMLCanvasElement) =>
      // The promise itself, and not what it gives: Safari lets nobody write once the press of the button is over.
      copy(() => navigator.clipboard.write([new ClipboardItem({ "image/png": toPng(shown) })])),
    [copy],
  );

  return (
    <div className="flex flex-col items-center gap-3">
      <QrCode text={link} label={t("joining.qr", { name })} className="size-48" />
      <p className="text-center text-sm text-balance text-ink-muted">{t("joining.qrHint")}</p>
      {picture !== null && (
        <div className="flex flex-wrap justify-center gap-3">
          {canCopy && (
            <Button variant="secondary" onClick={() => void copyPicture(picture)}>
              <ImageIcon aria-hidden className="size-5" strokeWidth={1.75} />
              {copied === "done" ? t("joining.copied") : t("joining.copyQr")}
            </Button>
          )}
          <a href={address} download={`${name}.png`} className={buttonClass("secondary")}>
            <Download aria-hidden className="size-5" strokeWidth={1.75} />
            {t("joining.saveQr")}
          </a>
        </div>
      )}
    </div>
  );
}
