import type { PresenceEvent, UserId } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Bus, BusMessage } from "../delivery/ports.ts";
import { unlimited } from "../shared/limit.ts";
import type { OnlineRegistry, PresenceRecord, PresenceStore, Watcher } from "./ports.ts";
import { Presence } from "./presence.ts";

/** What all nodes of a test share: a registry, a database, a bus. */
class World {
  readonly online = new Map<string, Set<UserId>>();
  readonly records = new Map<UserId, PresenceRecord>();
  readonly pairs = new Set<string>();
  readonly listeners = new Map<string, (message: BusMessage) => void>();
  registryWorks = true;
  busWorks = true;
  lookups = 0;

  share(a: UserId, b: UserId): void {
    this.pairs.add(`${a} ${b}`).add(`${b} ${a}`);
  }

  node(name: string): Presence {
    const here = new Set<UserId>();
    this.online.set(name, here);
    const registry: OnlineRegistry = {
      change: async (arrived, left) => {
        for (const userId of left) here.delete(userId);
        for (const userId of arrived) here.add(userId);
        if (!this.registryWorks) throw new Error("away");
      },
      find: async (userIds) => {
        if (!this.registryWorks) throw new Error("away");
        return new Set(userIds.filter((userId) => [...this.online.values()].some((users) => users.has(userId))));
      },
      close: async () => undefined,
    };
    const store: PresenceStore = {
      sharing: async (userId, others) => {
        this.lookups += 1;
        return new Set(others.filter((other) => other === userId || this.pairs.has(`${userId} ${other}`)));
      },
      records: async (userIds) => new Map(userIds.map((id) => [id, this.records.get(id) ?? { hidden: false }])),
      seen: async (userIds, at) => {
        for (const userId of userIds) {
          this.records.set(userId, { hidden: this.records.get(userId)?.hidden ?? false, lastSeenAt: at });
        }
      },
    };
    const bus: Bus = {
      isHealthy: true,
      userConnected: () => undefined,
      userDisconnected: () => undefined,
      publish: (message) => {
        if (!this.busWorks) return;
        for (const [other, listener] of this.listeners) if (other !== name) listener(message);
      },
      subscribe: (listener) => this.listeners.set(name, listener),
      close: async () => undefined,
    };
    const presence = new Presence({
      registry,
      store,
      bus,
      clock: Date.now,
      limit: unlimited,
      onFault: (error) => faults.push(error),
    });
    presence.start();
    nodes.push(presence);
    return presence;
  }
}

class Socket implements Watcher {
  readonly userId: UserId;
  readonly told: PresenceEvent[] = [];
  isOpen = true;

  constructor(userId: UserId) {
    this.userId = userId;
  }

  tell(event: PresenceEvent): void {
    this.told.push(event);
  }
}

let world: World;
let west: Presence;
let east: Presence;
let ann: Socket;
let faults: unknown[];
const nodes: Presence[] = [];

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const states = () => ann.told.map(({ online }) => online);

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  faults = [];
  world = new World();
  [west, east] = [world.node("west"), world.node("east")];
  ann = new Socket("ann");
  world.share("ann", "bob");
  await west.watch(ann, { userIds: ["bob"] });
});
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.close()));
  vi.useRealTimers();
  expect(faults).toEqual([]);
});

describe("news of another node's user", () => {
  it("comes at once by the bus, and of their going after the grace, with the time of it", async () => {
    east.arrived("bob");
    await pass(0);
    expect(states()).toEqual([true]);
    const leftAt = Date.now();
    east.left("bob", false);
    await pass(4_999);
    expect(states()).toEqual([true]);
    await pass(1);
    expect(ann.told.at(-1)).toEqual({ userId: "bob", online: false, lastSeenAt: leftAt });
  });

  it("comes by the sweep where the bus lost it", async () => {
    world.busWorks = false;
    east.arrived("bob");
    await pass(3_000);
    expect(states()).toEqual([true]);
  });

  it("is none when they were away for a moment only, or came to another node", async () => {
    east.arrived("bob");
    await pass(0);
    east.left("bob", false);
    await pass(4_000);
    east.arrived("bob");
    await pass(60_000);
    east.left("bob", false);
    west.arrived("bob");
    await pass(60_000);
    expect(states()).toEqual([true]);
  });

  it("comes without grace when the session has ended", async () => {
    east.arrived("bob");
    await pass(0);
    east.left("bob", true);
    await pass(0);
    expect(states()).toEqual([true, false]);
  });

  it("of a node that is gone comes when it has been in doubt for a while", async () => {
    east.arrived("bob");
    await pass(0);
    world.online.get("east")?.clear();
    await pass(5_000);
    expect(states(), "a Redis that was restarted knows of nobody for a moment").toEqual([true]);
    await pass(6_000);
    expect(states()).toEqual([true, false]);
  });

  it("is none while the registry cannot be asked: what was known stays", async () => {
    east.arrived("bob");
    await pass(0);
    world.registryWorks = false;
    await pass(60_000);
    expect(states()).toEqual([true]);
    expect(await west.watch(ann, { userIds: ["bob"] })).toEqual({ presence: [{ userId: "bob", online: true }] });
    west.arrived("ann");
    expect((await west.watch(ann, { userIds: ["ann"] })).presence).toEqual([{ userId: "ann", online: true }]);
  });
});

describe("what a socket may know", () => {
  it("is nothing of a stranger, who looks as one who does not exist", async () => {
    east.arrived("cid");
    await pass(0);
    const { presence } = await west.watch(ann, { userIds: ["cid", "nobody"] });
    expect(presence).toEqual([
      { userId: "cid", online: false },
      { userId: "nobody", online: false },
    ]);
    east.left("cid", true);
    await pass(60_000);
    expect(ann.told).toEqual([]);
  });

  it("is looked up again, at most once a minute, before news are told", async () => {
    east.arrived("bob");
    await pass(0);
    world.pairs.clear();
    const before = world.lookups;
    await pass(61_000);
    expect(world.lookups, "and not while there is no news").toBe(before);
    east.left("bob", true);
    await pass(0);
    expect(ann.told.at(-1)).toEqual({ userId: "bob", online: false });
    expect(ann.told.at(-1)).not.toHaveProperty("lastSeenAt");
    east.arrived("bob");
    await pass(0);
    expect(states()).toEqual([true, false]);
    expect(world.lookups).toBe(before + 1);
  });

  it("is nothing of one who hides, and no time for one who hides", async () => {
    east.arrived("bob");
    await pass(0);
    world.records.set("bob", { hidden: true });
    east.settingsChanged("bob");
    await pass(0);
    expect(states()).toEqual([true, false]);
    world.records.set("bob", { hidden: false });
    east.settingsChanged("bob");
    await pass(0);
    expect(states()).toEqual([true, false, true]);
    world.records.set("ann", { hidden: true });
    west.settingsChanged("ann");
    await pass(0);
    east.left("bob", true);
    await pass(0);
    expect(ann.told.at(-1)).toEqual({ userId: "bob", online: false });
  });
});

it("a socket that is closed, or watches others, hears nothing more", async () => {
  const tablet = new Socket("ann");
  await west.watch(tablet, { userIds: ["bob"] });
  west.forget(tablet);
  await west.watch(ann, { userIds: [] });
  const closed = new Socket("ann");
  closed.isOpen = false;
  await west.watch(closed, { userIds: ["bob"] });
  east.arrived("bob");
  await pass(60_000);
  expect([...ann.told, ...tablet.told, ...closed.told]).toEqual([]);
});

it("a socket that has just asked hears nothing of what its answer says, however long the node has run", async () => {
  await pass(120_000);
  east.arrived("bob");
  const tablet = new Socket("ann");
  const { presence } = await west.watch(tablet, { userIds: ["bob"] });
  await pass(10_000);
  expect(presence).toEqual([{ userId: "bob", online: true }]);
  expect(tablet.told).toEqual([]);
});

it("a node that stops notes when its users were last here", async () => {
  east.arrived("bob");
  await pass(10_000);
  await east.close();
  expect(world.records.get("bob")).toEqual({ hidden: false, lastSeenAt: Date.now() });
});
