import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { createScratch, type ScratchHost } from "../drift/scratch.ts";

const run = promisify(execFile);
const ROUND_TRIP = fileURLToPath(new URL("./round-trip.ts", import.meta.url));
/** Starting a process and opening a database, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** 2024-03-10T07:30:00.007Z: half past two, which New York skipped that night; then a moment of its winter. */
const CREATED = Date.UTC(2024, 2, 10, 7, 30, 0, 7);
const UPDATED = Date.UTC(2024, 10, 3, 5, 30, 0, 999);

/** What any dialect must do with time, whatever zone the process believes to be in. */
export function storedTimeConformance(host: () => ScratchHost): void {
  describe.each([
    ["UTC", 0],
    ["America/New_York", 240],
    ["Asia/Kathmandu", -345],
  ])(
    "in a process whose own zone is %s",
    (TZ, zone) => {
      it.each([
        ["+08:00", "2024-03-10 15:30:00.007", "2024-11-03 13:30:00.999"],
        ["-03:30", "2024-03-10 04:00:00.007", "2024-11-03 02:00:00.999"],
      ])("keeps every millisecond and shows local time of %s", async (timezone, created, updated) => {
        const scratch = await createScratch(host());
        try {
          const { stdout } = await run(
            process.execPath,
            ["--import", "tsx", ROUND_TRIP, scratch.url, timezone, String(CREATED), String(UPDATED)],
            { env: { ...process.env, TZ }, timeout: TIMEOUT_MS },
          );
          expect(JSON.parse(stdout)).toEqual({
            zone,
            read: [CREATED, CREATED],
            reread: [CREATED, UPDATED],
            again: [CREATED, UPDATED],
            column: { created, updated },
          });
        } finally {
          await scratch.remove();
        }
      });
    },
    TIMEOUT_MS,
  );
}
