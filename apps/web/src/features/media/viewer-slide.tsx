import type { ImageContent } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { ImageOff } from "lucide-react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { Spinner } from "../../ui/spinner.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { useFile } from "./use-file.ts";

/** The longest side of what the server makes to fill a screen, in pixels. */
const PREVIEW_SIDE = 1_600;

/** From where on a zoomed picture is read as it was uploaded. */
const DETAIL_ZOOM = 1.2;

interface ViewerSlideProps {
  readonly image: ImageContent;
  readonly zoom: number;
}

/** One picture of the viewer: first what the conversation shows already, then what fills the screen, then every detail. */
export function ViewerSlide({ image, zoom }: ViewerSlideProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { fileId, width, height, animated } = image;
  const preview = useFile(fileId, animated === true ? "original" : "preview");
  const isDetailed = zoom > DETAIL_ZOOM && Math.max(width, height) > PREVIEW_SIDE;
  const original = useFile(isDetailed ? fileId : undefined, "original");
  const held = original.held.status === "ready" ? original.held : preview.held;
  if (held.status === "failed") {
    return (
      <div className="flex flex-col items-center gap-3 text-center text-base text-on-veil">
        <ImageOff aria-hidden className="size-8" strokeWidth={1.5} />
        {wireErrorOf(held.error)?.code === "NOT_FOUND" ? t("media.gone") : errorText(held.error)}
        <TextButton tone="inherit" onClick={preview.retry}>
          {t("common.retry")}
        </TextButton>
      </div>
    );
  }
  if (held.status === "loading") {
    return (
      <span role="status" aria-label={t("common.loading")} className="text-on-veil">
        <Spinner className="size-8" />
      </span>
    );
  }
  return (
    <img
      src={held.url}
      alt={t("media.pictureAlt", { width, height })}
      draggable={false}
      className="size-full object-contain select-none"
      style={{ maxWidth: Math.max(width, 240), maxHeight: Math.max(height, 240) }}
    />
  );
}
