import { describe, expect, it, vi } from "vitest";
import { SnapshotStore } from "./snapshot-store.ts";

interface State {
  readonly a: number;
  readonly list: readonly string[];
}

function make() {
  let state: State = { a: 1, list: [] };
  const faults: unknown[] = [];
  const project = vi.fn(() => state);
  const store = new SnapshotStore(project, (error) => faults.push(error));
  const set = (change: Partial<State>): void => {
    state = { ...state, ...change };
    store.invalidate();
  };
  return { store, set, project, faults };
}

const turn = () => Promise.resolve();

describe("SnapshotStore", () => {
  it("shows a change at once and tells of several once", async () => {
    const { store, set } = make();
    const listener = vi.fn();
    store.subscribe(listener);
    set({ a: 2 });
    expect(store.get().a).toBe(2);
    set({ a: 3 });
    expect(listener).not.toHaveBeenCalled();
    await turn();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.get()).toBe(store.get());
  });

  it("tells nothing when the snapshot is the same after all", async () => {
    const { store, project } = make();
    const listener = vi.fn();
    store.subscribe(listener);
    store.invalidate();
    store.invalidate();
    await turn();
    expect(listener).not.toHaveBeenCalled();
    expect(project).toHaveBeenCalledTimes(2);
  });

  it("selects: only what differs, by the given equality", async () => {
    const { store, set } = make();
    const a = vi.fn();
    const length = vi.fn();
    store.select((state) => state.a, a);
    store.select(
      (state) => state.list,
      length,
      (one, other) => one.length === other.length,
    );
    set({ list: [] });
    await turn();
    expect(a).not.toHaveBeenCalled();
    expect(length).not.toHaveBeenCalled();
    set({ a: 5, list: ["x"] });
    await turn();
    expect(a.mock.calls).toEqual([[5]]);
    expect(length.mock.calls).toEqual([[["x"]]]);
  });

  it("stops telling, also one function that listens twice, and survives a listener that throws", async () => {
    const { store, set, faults } = make();
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.subscribe(() => {
      throw new Error("listener");
    });
    store.subscribe(listener);
    stop();
    stop();
    set({ a: 2 });
    await turn();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(faults).toEqual([new Error("listener")]);
  });
});
