import type { ImageContent } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { fitSize } from "./fit-size.ts";
import { useOpenPicture } from "./gallery-context.ts";
import { Picture } from "./picture.tsx";
import { stillVariant } from "./still-variant.ts";
import { useFile } from "./use-file.ts";

/** Beyond this, in bytes, a picture that moves is shown still until it is opened. */
const MAX_MOVING_BYTES = 5 * 1024 * 1024;

/** The smallest form that is sharp on this screen, or moves. */
function variantOf({ animated, size }: ImageContent) {
  return animated === true && size <= MAX_MOVING_BYTES ? "original" : stillVariant();
}

/** A picture as its bubble shows it. Pressed, it fills the screen. */
export function ImageBody({ image }: { readonly image: ImageContent }) {
  const { t } = useTranslation();
  const open = useOpenPicture();
  const { held, retry } = useFile(image.fileId, variantOf(image));
  const size = { width: image.width, height: image.height };
  return (
    <Picture
      held={held}
      retry={retry}
      alt={open === null ? t("media.pictureAlt", size) : ""}
      room={fitSize(image)}
      blurhash={image.blurhash}
    >
      {open !== null && (
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={t("media.openPicture", size)}
          className="absolute inset-0 cursor-zoom-in rounded-md focus-visible:-outline-offset-4"
          onClick={(event) => open(image, event.currentTarget)}
        />
      )}
    </Picture>
  );
}
