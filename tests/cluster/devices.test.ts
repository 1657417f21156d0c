import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Person, sendText } from "../support/people.ts";
import { rest } from "../support/rest.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

let backing: Backing;
let west: Server;
let east: Server;

beforeAll(async () => {
  backing = await openBacking();
  [west, east] = await Promise.all([backing.start(), backing.start()]);
});

afterAll(async () => {
  await Promise.all([west.stop(), east.stop()]);
  await backing.release();
});

it("a device that is revoked at one node loses its socket and its token at the other", async () => {
  const ann = await Person.register(west.url, "Ann");
  const bob = await Person.register(west.url, "Bob");
  const tablet = await ann.login(east.url);
  const [phone, lost, bobs] = await Promise.all([ann.connect(), tablet.connect(), bob.connect()]);
  try {
    await ann.rest("DELETE", `/api/v1/me/devices/${tablet.deviceId}`);
    // At once: its token is of no use from the answer on, whatever becomes of the socket.
    expect(await rest(east.url, "GET", "/api/v1/me", { token: tablet.token })).toMatchObject({ status: 401 });
    await waitFor(() => lost.socket.disconnected, { what: "the end of the revoked socket" });
    expect(lost.revoked).toEqual({ reason: "revoked" });

    await sendText(bobs, { userId: ann.userId }, "for those who are left");
    await phone.pushedText("for those who are left");
    expect(lost.pushed).toEqual([]);
    await expect(tablet.connect(east.url)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  } finally {
    for (const connection of [phone, lost, bobs]) connection.close();
  }
});
