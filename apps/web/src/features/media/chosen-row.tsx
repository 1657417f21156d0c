import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import type { ChosenFile } from "./chosen-file.ts";
import { FileFace } from "./file-body.tsx";
import { sizeText } from "./size-text.ts";
import { useBlobUrl } from "./use-blob-url.ts";

interface ChosenRowProps {
  readonly chosen: ChosenFile;
  /** Why it cannot be sent; undefined where it can. */
  readonly problem: string | undefined;
  readonly onRemove: () => void;
}

function Thumbnail({ blob }: { readonly blob: Blob }) {
  const url = useBlobUrl(blob);
  return (
    <span className="inline-flex size-12 shrink-0 overflow-hidden rounded-md bg-pressed">
      {url !== undefined && <img src={url} alt="" className="size-full object-cover" />}
    </span>
  );
}

/** A file that is about to be sent: what it is, and a way to leave it out. */
export function ChosenRow({ chosen: { file, shape }, problem, onRemove }: ChosenRowProps) {
  const { t } = useTranslation();
  const picture = shape?.as === "image" ? file : shape?.as === "video" ? shape.thumbnail : undefined;
  return (
    <li className="flex min-h-14 items-center gap-3">
      {picture === undefined ? (
        <FileFace name={file.name} size={file.size} mime={file.type} />
      ) : (
        <>
          <Thumbnail blob={picture} />
          <span className="flex min-w-0 flex-1 flex-col">
            <span title={file.name} className="truncate font-medium">
              {file.name}
            </span>
            <span className="figures text-xs text-ink-muted">{sizeText(file.size)}</span>
          </span>
        </>
      )}
      {shape === undefined && (
        <span role="status" aria-label={t("media.reading")}>
          <Spinner />
        </span>
      )}
      {problem !== undefined && <span className="max-w-32 text-right text-xs text-danger-ink">{problem}</span>}
      <IconButton icon={X} label={t("media.remove", { name: file.name })} onClick={onRemove} />
    </li>
  );
}
