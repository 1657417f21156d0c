import { clsx } from "clsx";
import { ImageOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { wireErrorOf } from "../../lib/error-text.ts";
import { TextButton } from "../../ui/text-button.tsx";
import { BlurhashCanvas } from "./blurhash-canvas.tsx";
import type { Size } from "./fit-size.ts";
import type { HeldFile } from "./object-urls.ts";

interface PictureProps {
  readonly held: HeldFile;
  readonly retry: () => void;
  readonly alt: string;
  /** The room that it takes, in pixels; less where there is less. */
  readonly room: Size;
  readonly blurhash?: string | undefined;
  /** What lies over the picture once it is there. */
  readonly children?: ReactNode;
}

interface FailedProps {
  readonly isGone: boolean;
  readonly retry: () => void;
}

/** In the place of a picture that did not come; where it is gone for good there is nothing to try. */
function Failed({ isGone, retry }: FailedProps) {
  const { t } = useTranslation();
  return (
    <span className="absolute inset-0 flex flex-col items-center justify-center gap-2 bg-ground p-2 text-center text-xs text-ink-muted">
      <ImageOff aria-hidden className="size-5" strokeWidth={1.75} />
      {t(isGone ? "media.gone" : "media.pictureFailed")}
      {!isGone && <TextButton onClick={retry}>{t("common.retry")}</TextButton>}
    </span>
  );
}

/** A picture in room that is its own from the start, so that nothing moves when it comes. */
export function Picture({ held, retry, alt, room, blurhash, children }: PictureProps) {
  const [broken, setBroken] = useState<string>();
  const isBroken = held.status === "ready" && held.url === broken;
  const isGone = isBroken || (held.status === "failed" && wireErrorOf(held.error)?.code === "NOT_FOUND");
  return (
    <span
      className={clsx("relative block max-w-full overflow-hidden rounded-md bg-pressed")}
      style={{ width: room.width, aspectRatio: `${room.width} / ${room.height}` }}
    >
      {blurhash !== undefined && <BlurhashCanvas hash={blurhash} />}
      {held.status === "loading" && <span aria-hidden className="absolute inset-0 skeleton bg-hover" />}
      {held.status === "ready" && !isBroken && (
        <>
          <img
            src={held.url}
            alt={alt}
            draggable={false}
            decoding="async"
            className="absolute inset-0 size-full animate-fade-in object-cover"
            onError={() => setBroken(held.url)}
          />
          {children}
        </>
      )}
      {(held.status === "failed" || isBroken) && <Failed isGone={isGone} retry={retry} />}
    </span>
  );
}
