import type { Content } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { createElement } from "react";
import { fileIcon } from "../media/file-icon.ts";
import { useFile } from "../media/use-file.ts";

interface FileTileProps {
  readonly content: Content;
  readonly name: string;
  readonly mime: string | undefined;
}

/** What stands for a found file: of pictures and films the picture, which one knows them by, else a sign of the kind. */
export function FileTile({ content, name, mime }: FileTileProps) {
  const isSeen = content.kind === "image" || content.kind === "video";
  const picture = content.kind === "image" ? content.fileId : content.kind === "video" ? content.thumbnail : undefined;
  const { held } = useFile(picture, "thumbnail");
  const size = isSeen ? "size-14" : "size-10";
  if (picture !== undefined && held.status === "ready") {
    return <img src={held.url} alt="" draggable={false} className={clsx("shrink-0 rounded-md object-cover", size)} />;
  }
  return (
    <span
      className={clsx(
        "inline-flex shrink-0 items-center justify-center rounded-md bg-accent-tint text-accent-ink",
        size,
      )}
    >
      {createElement(fileIcon(name, mime ?? (content.kind === "image" ? "image/*" : "")), {
        "aria-hidden": true,
        className: "size-5",
        strokeWidth: 1.75,
      })}
    </span>
  );
}
