import {
  Archive,
  File,
  FileCode,
  FileImage,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileVideo,
  type LucideIcon,
  Presentation,
} from "lucide-react";

const BY_EXTENSION: readonly (readonly [RegExp, LucideIcon])[] = [
  [/\.(zip|rar|7z|tar|gz|bz2|xz|tgz)$/i, Archive],
  [/\.(xlsx?|csv|ods|numbers|et)$/i, FileSpreadsheet],
  [/\.(pptx?|odp|key|dps)$/i, Presentation],
  [/\.(pdf|docx?|odt|rtf|txt|md|pages|wps)$/i, FileText],
  [/\.(html?|svg|xml|json|ya?ml|[jt]sx?|css|py|go|rs|java|c|cpp|h|sh|sql)$/i, FileCode],
];

/** What a file looks like in a list: by what it is, and of documents by how its name ends. */
export function fileIcon(name: string, mime = ""): LucideIcon {
  if (mime.startsWith("image/") && !mime.includes("svg")) return FileImage;
  if (mime.startsWith("video/")) return FileVideo;
  if (mime.startsWith("audio/")) return FileMusic;
  return BY_EXTENSION.find(([pattern]) => pattern.test(name))?.[1] ?? File;
}
