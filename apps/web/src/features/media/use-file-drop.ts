import { useEffect, useRef, useState } from "react";
import { handedFiles } from "./handed-files.ts";

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") === true;

/** What lies over the page takes no files, and what is under it is not what one sees. */
const isCovered = () => document.querySelector("[role=dialog], [role=alertdialog]") !== null;

/**
 * Takes files that are dropped anywhere on the page, which would otherwise leave it for the file. Whether some are being
 * dragged over it now.
 */
export function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  }, [onFiles]);

  useEffect(() => {
    const end = new AbortController();
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      const isTaken = !isCovered();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = isTaken ? "copy" : "none";
      setOver(isTaken);
    };
    const { signal } = end;
    document.addEventListener("dragenter", over, { signal });
    document.addEventListener("dragover", over, { signal });
    document.addEventListener(
      "dragleave",
      (event) => {
        // From one element to the next is no leaving of the page.
        if (event.relatedTarget === null) setOver(false);
      },
      { signal },
    );
    document.addEventListener(
      "drop",
      (event) => {
        setOver(false);
        if (!hasFiles(event) || event.dataTransfer === null) return;
        event.preventDefault();
        const files = isCovered() ? [] : handedFiles(event.dataTransfer);
        if (files.length > 0) latest.current(files);
      },
      { signal },
    );
    return () => end.abort();
  }, []);
  return isOver;
}
