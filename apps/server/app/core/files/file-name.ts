import { MAX_FILE_NAME_LENGTH } from "@im-webapp/protocol";

/** Longest extension that is kept when a name is cut, in UTF-16 units, its dot included. */
const MAX_EXTENSION_LENGTH = 16;

/** What some system refuses in a name, or takes for a path. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]/gu;

/** Names of devices, which Windows opens instead of a file. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name by which a file can be saved on any system: the last part of a path, without characters that are invisible or
 * mean something to a file system, at most `MAX_FILE_NAME_LENGTH` long, and never empty.
 */
export function safeFileName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .normalize("NFC")
    .replace(UNSAFE, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  if (clean === "") return "file";
  return shortened(DEVICE.test(clean) ? `_${clean}` : clean);
}

function shortened(name: string): string {
  if (name.length <= MAX_FILE_NAME_LENGTH) return name;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && name.length - dot <= MAX_EXTENSION_LENGTH ? name.slice(dot) : "";
  // A cut in the middle of a surrogate pair leaves half of it.
  const base = name.slice(0, MAX_FILE_NAME_LENGTH - extension.length).replace(/[\uD800-\uDBFF]$/, "");
  return base + extension;
}
