import { MAX_FILE_NAME_LENGTH } from "@im-webapp/protocol";
import fc from "fast-check";
import { expect, it } from "vitest";
import { safeFileName } from "./file-name.ts";

it.each([
  ["报告 2026.pdf", "报告 2026.pdf"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Windows\\system32\\cmd.exe", "cmd.exe"],
  ["..", "file"],
  ["", "file"],
  [".bashrc", "bashrc"],
  ["a\0b\n.txt", "a_b_.txt"],
  // Reads backwards from there on: "exe" would look like "txt".
  ["invoice\u202Etxt.exe", "invoice_txt.exe"],
  ["con.txt", "_con.txt"],
  ['<img src=x onerror="alert(1)">.png', "_img src=x onerror=_alert(1)__.png"],
  ["/slash at the end/", "file"],
])("makes %j %j", (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

it("keeps the extension of a long one", () => {
  const safe = safeFileName(`${"长".repeat(400)}.docx`);
  expect(safe).toHaveLength(MAX_FILE_NAME_LENGTH);
  expect(safe).toMatch(/长\.docx$/);
});

it("gives a name that is one already, whatever it is given", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
      const safe = safeFileName(name);
      expect(safe.length).toBeGreaterThan(0);
      expect(safe.length).toBeLessThanOrEqual(MAX_FILE_NAME_LENGTH + 1);
      expect(safe).not.toMatch(/[/\\\0]|^\.\.?$/);
      expect(safe.isWellFormed()).toBe(true);
    }),
  );
});
