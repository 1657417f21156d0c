import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readSettings } from "../config/environment.ts";
import { migrateAtStart } from "./migrate-at-start.ts";
import { urlOf } from "./serve.ts";

describe("the address that is logged", () => {
  it.each([
    [undefined, "localhost"],
    ["0.0.0.0", "localhost"],
    ["::", "localhost"],
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "[::1]"],
    ["im.example", "im.example"],
  ])("of a server on %s is one that a browser can open", async (host, name) => {
    const http = createServer();
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    const { port } = http.address() as AddressInfo;
    expect(urlOf(http, { ...readSettings({}), host })).toBe(`http://${name}:${port}`);
    http.close();
    await once(http, "close");
  });
});

describe("migrating at start", () => {
  it("happens once, also when several start together", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "im-webapp-start-"));
    try {
      const settings = readSettings({ DATA_DIR: folder });
      const applied = await Promise.all([migrateAtStart(settings), migrateAtStart(settings)]);
      expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
      expect(await migrateAtStart(settings)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
