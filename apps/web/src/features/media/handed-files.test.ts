import { expect, it } from "vitest";
import { handedFiles, pastedFiles } from "./handed-files.ts";

const photo = new File(["a"], "a.png", { type: "image/png" });
const folder = new File([], "folder");

function handed(entries: readonly { file: File; isDirectory: boolean }[], texts: Record<string, string> = {}) {
  return {
    files: entries.map(({ file }) => file) as unknown as FileList,
    items: [
      { kind: "string" },
      ...entries.map(({ isDirectory }) => ({ kind: "file", webkitGetAsEntry: () => ({ isDirectory }) })),
    ] as unknown as DataTransferItemList,
    getData: (type: string) => texts[type] ?? "",
  };
}

const isPhoto = { file: photo, isDirectory: false };

it("takes files and leaves folders", () => {
  expect(handedFiles(handed([{ file: folder, isDirectory: true }, isPhoto]))).toEqual([photo]);
});

it("takes a pasted picture, also with the page's markup around it or its name beside it", () => {
  expect(pastedFiles(handed([isPhoto]))).toEqual([photo]);
  expect(pastedFiles(handed([isPhoto], { "text/html": "<img src=a.png>" }))).toEqual([photo]);
  expect(pastedFiles(handed([isPhoto], { "text/plain": "a.png" }))).toEqual([photo]);
});

it("leaves the picture that a spreadsheet puts beside its text", () => {
  expect(pastedFiles(handed([isPhoto], { "text/html": "<table>", "text/plain": "1\t2" }))).toEqual([]);
});
