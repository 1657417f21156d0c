import { Download, ImageIcon } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useCopied } from "./use-copied.ts";

/** Side of the picture that is saved, in pixels: sharp on paper as on a screen. */
const PICTURE_SIZE = 640;

interface QrCodeProps {
  readonly link: string;
  /** What it leads to. */
  readonly name: string;
}

/** A link as a square that a phone's camera reads, to be saved and copied as a picture. */
export function QrCode({ link, name }: QrCodeProps) {
  const { t } = useTranslation();
  const [picture, setPicture] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const { copied, copy } = useCopied();
  const canCopy = typeof ClipboardItem === "function";

  useEffect(() => {
    let isCurrent = true;
    import("qrcode")
      // Black on white whatever the theme: many readers take nothing else.
      .then(({ default: qrcode }) => qrcode.toDataURL(link, { width: PICTURE_SIZE, margin: 2 }))
      .then(
        (url) => isCurrent && setPicture(url),
        () => isCurrent && setFailed(true),
      );
    return () => {
      isCurrent = false;
    };
  }, [link]);

  const copyPicture = useCallback(
    () =>
      copy(async () => {
        const blob = await (await fetch(picture ?? "")).blob();
        await navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]);
      }),
    [copy, picture],
  );

  if (failed) return <Notice tone="danger">{t("joining.qrFailed")}</Notice>;
  return (
    <div className="flex flex-col items-center gap-3">
      {picture === null ? (
        <Skeleton className="size-48 rounded-md" />
      ) : (
        <img src={picture} alt={t("joining.qr", { name })} className="size-48 rounded-md" />
      )}
      <p className="text-center text-sm text-balance text-ink-muted">{t("joining.qrHint")}</p>
      {picture !== null && (
        <div className="flex flex-wrap justify-center gap-3">
          {canCopy && (
            <Button variant="secondary" onClick={() => void copyPicture()}>
              <ImageIcon aria-hidden className="size-5" strokeWidth={1.75} />
              {copied === "done" ? t("joining.copied") : t("joining.copyQr")}
            </Button>
          )}
          <a href={picture} download={`${name}.png`} className={buttonClass("secondary")}>
            <Download aria-hidden className="size-5" strokeWidth={1.75} />
            {t("joining.saveQr")}
          </a>
        </div>
      )}
    </div>
  );
}
