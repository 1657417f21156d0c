import { Camera } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CropDialog } from "./crop-dialog.tsx";
import { openPicture } from "./render-crop.ts";

interface PicturePickerProps {
  /** What the button says. */
  readonly label: string;
  /** Takes the cropped image; its rejection is told in the dialog. */
  readonly onPick: (image: Blob) => Promise<void>;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** A button that lets somebody choose a picture of the device and crop it to a square. */
export function PicturePicker({ label, onPick, children }: PicturePickerProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);

  const open = async (file: File | undefined) => {
    if (file === undefined) return;
    setUnreadable(false);
    try {
      setPicture(await openPicture(file));
    } catch {
      setUnreadable(true);
    }
  };
  const close = () => {
    picture?.close();
    setPicture(null);
    button.current?.focus();
  };

  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Button ref={button} variant="secondary" onClick={() => input.current?.click()}>
          <Camera aria-hidden className="size-5" strokeWidth={1.75} />
          {label}
        </Button>
        {children}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={label}
        onChange={(event) => {
          void open(event.target.files?.[0]);
          // The same file may be chosen again.
          event.target.value = "";
        }}
      />
      <div role="alert" className="empty:hidden">
        {isUnreadable && <Notice tone="danger">{t("profile.unreadable")}</Notice>}
      </div>
      {picture !== null && <CropDialog picture={picture} onUse={onPick} onClose={close} />}
    </div>
  );
}
