import { describe, expect, it, vi } from "vitest";
import { ObjectUrls } from "./object-urls.ts";

function addresses() {
  let made = 0;
  const open = new Set<string>();
  return {
    open,
    createObjectURL: () => {
      made += 1;
      const url = `blob:${made}`;
      open.add(url);
      return url;
    },
    revokeObjectURL: (url: string) => {
      open.delete(url);
    },
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("ObjectUrls", () => {
  it("reads a file once for all who show it, and gives them one address", async () => {
    const urls = new ObjectUrls(addresses());
    const load = vi.fn(() => Promise.resolve(new Blob(["a"])));
    urls.hold("a", load);
    urls.hold("a", load);
    await settled();
    expect(load).toHaveBeenCalledTimes(1);
    expect(urls.get("a")).toEqual({ status: "ready", url: "blob:1" });
  });

  it("says what failed, and reads it again when asked or shown anew", async () => {
    const urls = new ObjectUrls(addresses());
    const load = vi.fn<() => Promise<Blob>>(() => Promise.reject(new Error("no network")));
    const end = urls.hold("a", load);
    await settled();
    expect(urls.get("a").status).toBe("failed");
    urls.retry("a");
    await settled();
    end();
    load.mockResolvedValue(new Blob(["a"]));
    urls.hold("a", load);
    await settled();
    expect(load).toHaveBeenCalledTimes(3);
    expect(urls.get("a").status).toBe("ready");
  });

  it("revokes what nobody shows any more beyond those it keeps, oldest first, and nothing that is shown", async () => {
    const made = addresses();
    const urls = new ObjectUrls(made);
    urls.hold("shown", () => Promise.resolve(new Blob()));
    const ends = Array.from({ length: 70 }, (_, index) => urls.hold(`${index}`, () => Promise.resolve(new Blob())));
    await settled();
    expect(made.open.size).toBe(71);
    for (const end of ends) end();
    expect(made.open.size).toBe(61);
    expect(urls.get("shown").status).toBe("ready");
    expect(urls.get("69").status).toBe("ready");
    expect(urls.get("0").status).toBe("loading");
  });
});
