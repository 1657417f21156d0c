import { Download } from "lucide-react";
import { createElement } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { Spinner } from "../../ui/spinner.tsx";
import { fileIcon } from "./file-icon.ts";
import { sizeText } from "./size-text.ts";
import { useDownload } from "./use-download.ts";

interface FileFaceProps {
  readonly name: string;
  /** bytes */
  readonly size: number;
  readonly mime?: string | undefined;
}

/** The ending of a file's name, as people call that kind of file; empty for a name without one. */
const kindOf = (name: string): string => /.\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toUpperCase() ?? "";

/** What a file looks like: what it is, its name and its size. A long name is cut, and its ending stands below it. */
export function FileFace({ name, size, mime }: FileFaceProps) {
  return (
    <>
      <span className="inline-flex size-10 shrink-0 items-center justify-center rounded-md bg-accent-tint text-accent-ink">
        {createElement(fileIcon(name, mime), { "aria-hidden": true, className: "size-5", strokeWidth: 1.75 })}
      </span>
      <span className="flex min-w-0 flex-1 flex-col text-left">
        <span title={name} className="line-clamp-2 font-medium wrap-anywhere text-ink">
          {name}
        </span>
        <span className="figures text-xs text-ink-muted">
          {[kindOf(name), sizeText(size)].filter((part) => part !== "").join(" · ")}
        </span>
      </span>
    </>
  );
}

interface FileBodyProps extends FileFaceProps {
  readonly fileId: string;
}

/** A file to be taken along: pressed, it is saved on the device. */
export function FileBody({ fileId, ...face }: FileBodyProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { isAsking, error, start } = useDownload(fileId);
  return (
    <div className="w-56 max-w-full sm:w-64">
      <button
        type="button"
        aria-label={t("media.download", { name: face.name, size: sizeText(face.size) })}
        aria-busy={isAsking || undefined}
        className="flex w-full items-center gap-3 rounded-md py-1"
        onClick={() => {
          if (!isAsking) void start();
        }}
      >
        <FileFace {...face} />
        {isAsking ? <Spinner /> : <Download aria-hidden className="size-4 shrink-0 text-ink-muted" />}
      </button>
      <p role="alert" className="text-xs text-danger-ink empty:hidden">
        {error !== null && (wireErrorOf(error)?.code === "NOT_FOUND" ? t("media.gone") : errorText(error))}
      </p>
    </div>
  );
}
