/** What a paste or a drop hands over, as far as it is looked at. */
type Handed = Pick<DataTransfer, "files" | "items" | "getData">;

/**
 * The files of a drop or a paste, without folders, which browsers hand over as files that cannot be read.
 */
export function handedFiles({ files, items }: Pick<Handed, "files" | "items">): File[] {
  const entries = Array.from(items)
    .filter(({ kind }) => kind === "file")
    .map((item) => item.webkitGetAsEntry());
  return Array.from(files).filter((_, index) => entries[index]?.isDirectory !== true);
}

/**
 * The files of a paste; none where a text is what was copied: office programs and spreadsheets put a picture of it beside.
 */
export function pastedFiles(data: Handed): File[] {
  const isText = data.getData("text/html") !== "" && data.getData("text/plain").trim() !== "";
  return isText ? [] : handedFiles(data);
}
