import { IDBFactory } from "fake-indexeddb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openStore } from "./open-store.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("openStore", () => {
  it("takes memory where there is no IndexedDB", async () => {
    expect((await openStore("http://test")).kind).toBe("memory");
  });

  it("takes memory where IndexedDB is denied", async () => {
    const denied = new IDBFactory();
    denied.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
    vi.stubGlobal("indexedDB", denied);
    expect((await openStore("http://test")).kind).toBe("memory");
  });

  it("takes memory where IndexedDB never opens", async () => {
    vi.useFakeTimers();
    const silent = new IDBFactory();
    silent.open = () => ({}) as IDBOpenDBRequest;
    vi.stubGlobal("indexedDB", silent);
    const opening = openStore("http://test");
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await opening).kind).toBe("memory");
  });
});
