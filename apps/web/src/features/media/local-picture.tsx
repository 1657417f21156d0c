import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fitSize, type Size } from "./fit-size.ts";
import { Picture } from "./picture.tsx";
import { useBlobUrl } from "./use-blob-url.ts";

/** The room of a picture whose measures are not known yet. */
const UNKNOWN: Size = { width: 240, height: 240 };

/** A picture of this device that is on its way. */
export function LocalPicture({ file }: { readonly file: Blob | undefined }) {
  const { t } = useTranslation();
  const url = useBlobUrl(file);
  const [size, setSize] = useState<Size | null>(null);
  return (
    <>
      <Picture
        held={url === undefined ? { status: "loading" } : { status: "ready", url }}
        retry={() => undefined}
        alt={t("media.image")}
        room={size === null ? UNKNOWN : fitSize(size)}
      />
      {size === null && url !== undefined && (
        <img
          src={url}
          alt=""
          hidden
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
        />
      )}
    </>
  );
}
