import { Download } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CopyButton } from "./copy-button.tsx";

interface RecoveryCodesDialogProps {
  /** Null: nothing is shown. */
  readonly codes: readonly string[] | null;
  readonly onClose: () => void;
}

/** Shows recovery codes, this one time, to be kept elsewhere. */
export function RecoveryCodesDialog({ codes, onClose }: RecoveryCodesDialogProps) {
  const { t } = useTranslation();
  const text = useMemo(() => `${(codes ?? []).join("\n")}\n`, [codes]);
  return (
    <Dialog
      open={codes !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t("security.recoveryCodes")}
      footer={<Button onClick={onClose}>{t("security.codesKept")}</Button>}
    >
      <div className="scroll-pane flex flex-col gap-4 px-5 pt-1 pb-5">
        <Notice tone="warning">{t("security.codesOnce")}</Notice>
        <ul
          aria-label={t("security.recoveryCodes")}
          className="grid grid-cols-1 gap-x-6 gap-y-1.5 rounded-md bg-canvas p-4 min-[26rem]:grid-cols-2"
        >
          {(codes ?? []).map((code) => (
            <li key={code} className="figures font-mono text-sm whitespace-nowrap select-all">
              {code}
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <CopyButton text={text} />
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="recovery-codes.txt"
            className={buttonClass("ghost")}
          >
            <Download aria-hidden className="size-4" />
            {t("security.download")}
          </a>
        </div>
      </div>
    </Dialog>
  );
}
