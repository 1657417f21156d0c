import { type Content, FILE_KINDS, type FileSearchKind, searchableText } from "@im-webapp/protocol";

/** The content of a message that is a file to look for. */
export type FileContent = Extract<Content, { kind: FileSearchKind }>;

export function isFile(content: Content): content is FileContent {
  return FILE_KINDS.some((kind) => kind === content.kind);
}

/** The names under which files were uploaded, by their ids. */
export type FileNames = ReadonlyMap<string, string>;

/** The file whose name only its upload says, as of pictures; undefined for all other contents. */
export function unnamedFile(content: Content): string | undefined {
  return isFile(content) && content.kind !== "file" ? content.fileId : undefined;
}

/** What a message is found by: its words, or the name of its file. */
export function textOf(content: Content, names: FileNames): string {
  const unnamed = unnamedFile(content);
  return unnamed === undefined ? searchableText(content) : (names.get(unnamed) ?? "");
}
