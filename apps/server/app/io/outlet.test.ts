import { EventEmitter } from "node:events";
import type { Socket } from "socket.io";
import { beforeEach, describe, expect, it } from "vitest";
import { type Backlog, Outlet } from "./outlet.ts";

const MI = 1024 * 1024;

/** The transport of a client; what is written waits until the test says that it was taken. */
class Wire extends EventEmitter {
  readonly written: string[] = [];

  write(packet: string): void {
    this.written.push(packet);
  }
}

let backlog: Backlog;

beforeEach(() => {
  backlog = { waiting: 0 };
});

function open(): { outlet: Outlet; wire: Wire } {
  const wire = new Wire();
  const socket = { conn: wire, emit: () => true } as unknown as Socket;
  const session = { sessionId: "s", userId: "ann", deviceId: "phone" } as ConstructorParameters<typeof Outlet>[1];
  const outlet = new Outlet(socket, session, backlog);
  outlet.greet({} as Parameters<Outlet["greet"]>[0]);
  return { outlet, wire };
}

/** Writes so many characters, a mebicharacter at a time, and says how many were taken. */
function write(outlet: Outlet, mi: number): number {
  let taken = 0;
  while (taken < mi && outlet.write("x".repeat(MI))) taken += 1;
  return taken;
}

describe("what waits for a client", () => {
  it("is bounded, and counts anew once the client has read", () => {
    const { outlet, wire } = open();
    expect(write(outlet, 10)).toBe(5);
    wire.emit("drain");
    expect(write(outlet, 1)).toBe(1);
    expect(backlog.waiting).toBe(MI);
  });

  it("is bounded for all together: then none may have more than a little", () => {
    const wires = Array.from({ length: 50 }, open);
    for (const { outlet } of wires) write(outlet, 4);
    expect(backlog.waiting).toBeGreaterThan(128 * MI);
    expect(backlog.waiting).toBeLessThan(128 * MI + 51 * MI);
    const { outlet } = open();
    expect(outlet.write("a push"), "a client that reads is served all the same").toBe(true);
  });

  it("is given up with the connection", () => {
    const { outlet, wire } = open();
    write(outlet, 3);
    wire.emit("close");
    expect(backlog.waiting).toBe(0);
  });

  it("before the greeting follows it", () => {
    const wire = new Wire();
    const socket = { conn: wire, emit: (event: string) => wire.write(event) } as unknown as Socket;
    const outlet = new Outlet(socket, {} as ConstructorParameters<typeof Outlet>[1], backlog);
    outlet.write("early");
    expect(wire.written).toEqual([]);
    outlet.greet({} as Parameters<Outlet["greet"]>[0]);
    expect(wire.written).toEqual(["session:ready", "early"]);
  });
});
