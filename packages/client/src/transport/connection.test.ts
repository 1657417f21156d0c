import type { ReadyEvent, WireError } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ImError, unavailable } from "../errors.ts";
import { BACKOFF_CAP_MS } from "./backoff.ts";
import { Connection } from "./connection.ts";
import type { Dial, LinkEvents } from "./link.ts";

const READY: ReadyEvent = {
  userId: "me",
  deviceId: "d",
  serverTime: 1,
  epoch: "e",
  head: 0,
  protocol: 1,
  limits: { maxTextLength: 1, maxBatch: 1, maxPacketBytes: 1, receiptMembers: 1 },
};

interface Dialled {
  readonly token: string;
  readonly events: LinkEvents;
  closed: boolean;
}

let dialled: Dialled[];
let told: string[];
let signedOut: WireError | undefined;
let refusal: ImError | undefined;
let connection: Connection;

const last = () => dialled.at(-1)!;
const refuse = () => last().events.closed(unavailable("network", "refused"));
const pass = (ms: number) => vi.advanceTimersByTime(ms);

beforeEach(() => {
  vi.useFakeTimers();
  // The longest delay that the jitter may give.
  vi.spyOn(Math, "random").mockReturnValue(1);
  dialled = [];
  told = [];
  signedOut = undefined;
  refusal = undefined;
  const dial: Dial = (token, events) => {
    const link: Dialled = { token, events, closed: false };
    dialled.push(link);
    return {
      call: () => Promise.reject(refusal ?? unavailable("timeout", "late")),
      close: () => {
        link.closed = true;
      },
    };
  };
  connection = new Connection(dial, {
    ready: () => told.push("ready"),
    push: () => told.push("push"),
    groupPush: ({ conversationId }) => told.push(`push of ${conversationId}`),
    typing: ({ userId }) => told.push(`${userId} types`),
    presence: ({ userId }) => told.push(`presence of ${userId}`),
    lost: () => told.push("lost"),
    signedOut: (error) => {
      signedOut = error;
    },
    changed: () => undefined,
  });
  connection.start("token");
});

afterEach(() => {
  connection.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("Connection", () => {
  it("dials, is ready, and passes pushes on", () => {
    expect(connection.status).toEqual({ phase: "dialing", failedBefore: false });
    expect(last().token).toBe("token");
    last().events.ready(READY);
    last().events.push({ entries: [] });
    last().events.groupPush({ conversationId: "g", messages: [], changes: [], lastSeq: 1, changeSeq: 0 });
    expect(connection.status).toEqual({ phase: "ready", failedBefore: false });
    expect(told).toEqual(["ready", "push", "push of g"]);
  });

  it("doubles the delay with each failure up to the cap, and says when it tries again and why", () => {
    const delays: number[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      refuse();
      const { retryAt, phase, error } = connection.status;
      expect(phase).toBe("waiting");
      expect(error).toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
      const delay = retryAt! - Date.now();
      delays.push(delay);
      pass(delay - 1);
      expect(dialled).toHaveLength(attempt + 1);
      pass(1);
      expect(dialled).toHaveLength(attempt + 2);
    }
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, ...Array<number>(4).fill(BACKOFF_CAP_MS)]);
  });

  it("spreads attempts over the whole delay", () => {
    vi.spyOn(Math, "random").mockReturnValue(0.1);
    refuse();
    pass(50);
    expect(dialled).toHaveLength(2);
  });

  it("starts the delays anew after a connection that lasted, not after one that was dropped at once", () => {
    refuse();
    pass(500);
    last().events.ready(READY);
    refuse();
    expect(connection.status.retryAt! - Date.now()).toBe(1_000);
    pass(1_000);
    last().events.ready(READY);
    pass(5_000);
    refuse();
    expect(connection.status.retryAt! - Date.now()).toBe(500);
    expect(told).toEqual(["ready", "lost", "ready", "lost"]);
  });

  it("tries at once on demand", () => {
    refuse();
    connection.reconnectNow();
    expect(dialled).toHaveLength(2);
    expect(connection.status).toMatchObject({ phase: "dialing", failedBefore: true });
    connection.reconnectNow();
    expect(dialled).toHaveLength(2);
  });

  it("comes back when a draining server said to, and when an overloaded one allows", () => {
    last().events.ready(READY);
    last().events.drain({ reconnectInMs: 1_234 });
    refuse();
    expect(connection.status.retryAt! - Date.now()).toBe(1_234);
    pass(1_234);
    last().events.closed(new ImError({ code: "UNAVAILABLE", message: "busy", retryAfterMs: 9_000 }));
    expect(connection.status.retryAt! - Date.now()).toBe(9_000);
  });

  it("does not connect to a server of another protocol", () => {
    last().events.ready({ ...READY, protocol: 2 });
    expect(told).toEqual([]);
    expect(last().closed).toBe(true);
    expect(connection.status).toMatchObject({ phase: "waiting", error: { details: { reason: "protocol" } } });
  });

  it.each([
    ["revoked", () => last().events.revoked({ reason: "replaced" }), { details: { reason: "replaced" } }],
    [
      "refused at the handshake",
      () => last().events.closed(new ImError({ code: "UNAUTHENTICATED", message: "over" })),
      { code: "UNAUTHENTICATED" },
    ],
  ])("stays away when its session is %s", (_name, end, error) => {
    last().events.ready(READY);
    end();
    expect(signedOut).toMatchObject(error);
    expect(connection.status.phase).toBe("idle");
    pass(120_000);
    expect(dialled).toHaveLength(1);
  });

  it("takes a call's word that its session has ended", async () => {
    last().events.ready(READY);
    refusal = new ImError({ code: "UNAUTHENTICATED", message: "over" });
    await expect(connection.call("sync:ack", { cursor: 1 })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(signedOut).toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("refuses calls at once while it is not ready", async () => {
    await expect(connection.call("sync:ack", { cursor: 1 })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("hears nothing from a link that it has given up", () => {
    last().events.ready(READY);
    const old = last();
    connection.restart(unavailable("timeout", "dead"));
    expect(old.closed).toBe(true);
    pass(500);
    old.events.push({ entries: [] });
    old.events.closed(unavailable("network", "late"));
    last().events.ready(READY);
    expect(told).toEqual(["ready", "lost", "ready"]);
  });

  it("does nothing after it was stopped, even while an attempt is under way", () => {
    connection.stop();
    refuse();
    last().events.ready(READY);
    pass(120_000);
    expect(dialled).toHaveLength(1);
    expect(told).toEqual([]);
  });
});
