import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CropArea } from "./crop-area.tsx";
import { WHOLE } from "./crop.ts";
import { renderCrop } from "./render-crop.ts";

interface CropDialogProps {
  readonly picture: ImageBitmap;
  /** Takes the cropped image; the dialog closes when it resolves, and says why when it rejects. */
  readonly onUse: (image: Blob) => Promise<void>;
  readonly onClose: () => void;
}

/** Chooses the part of a picture that becomes a portrait. */
export function CropDialog({ picture, onUse, onClose }: CropDialogProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [crop, setCrop] = useState(WHOLE);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const say = (error: unknown): string => {
    const code = wireErrorOf(error)?.code;
    if (code === "TOO_LARGE") return t("profile.tooLarge");
    if (code === "BAD_REQUEST") return t("profile.unreadable");
    if (code === "UNAVAILABLE" && !navigator.onLine) return t("profile.offline");
    return errorText(error);
  };

  const use = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onUse(await renderCrop(picture, crop));
      onClose();
    } catch (error) {
      setProblem(say(error));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={t("profile.crop")}
      footer={
        <>
          <Button variant="secondary" disabled={busy} onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button busy={busy} onClick={() => void use()}>
            {busy ? t("profile.uploading") : t("profile.usePortrait")}
          </Button>
        </>
      }
    >
      <div className="scroll-pane flex flex-col gap-3 px-5 pb-4">
        <CropArea picture={picture} crop={crop} disabled={busy} onChange={setCrop} />
        <div role="alert" className="empty:hidden">
          {problem !== null && <Notice tone="danger">{problem}</Notice>}
        </div>
      </div>
    </Dialog>
  );
}
