import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AccountUnderTest } from "../test/account-under-test.ts";
import { FakeServer } from "../test/fake-server.ts";
import { WatchedUsers } from "./presence/watched-users.ts";

let server: FakeServer;
let ann: AccountUnderTest;
let bob: AccountUnderTest;

beforeEach(async () => {
  server = new FakeServer();
  server.group("g", ["ann", "bob"]);
  [ann, bob] = [await AccountUnderTest.restore(server, "ann"), await AccountUnderTest.restore(server, "bob")];
  for (const { account, userId } of [ann, bob]) account.connect(userId);
  await vi.waitFor(() => {
    for (const { state } of [ann, bob]) expect(state.connection.status).toBe("online");
  });
});
afterEach(async () => {
  await Promise.all([ann.stop(), bob.stop()]);
  expect([...ann.faults, ...bob.faults]).toEqual([]);
});

const typing = () => Object.fromEntries(bob.state.typing);

it("others see who is writing until the message is there", async () => {
  ann.account.setTyping("g", true);
  await vi.waitFor(() => expect(typing()).toEqual({ g: ["ann"] }));
  expect(ann.state.typing.size).toBe(0);
  await ann.send("g", "hello");
  await vi.waitFor(() => expect(server.messages("g")).toHaveLength(1));
  await vi.waitFor(() => expect(typing()).toEqual({}));
  expect(server.count("typing:set")).toBe(2);
});

it("nobody is writing any more when the connection is lost", async () => {
  ann.account.setTyping("g", true);
  await vi.waitFor(() => expect(typing()).toEqual({ g: ["ann"] }));
  server.reachable = false;
  server.disconnect();
  expect(typing()).toEqual({});
});

it("says nothing where the server has no conversation, or tells nobody", async () => {
  ann.account.setTyping("peer:bob", true);
  ann.account.setTyping("unknown", true);
  server.group("many", ["ann", ...Array.from({ length: 50 }, (_, index) => `member ${index}`)]);
  await vi.waitFor(() => expect(ann.state.conversations).toHaveLength(2));
  ann.account.setTyping("many", true);
  expect(server.count("typing:set")).toBe(0);
});

it("shows who is online of those who are watched, and nothing without a connection", async () => {
  const watched = new WatchedUsers(() => ann.account.moment.listChanged());
  ann.account.moment.follow(watched);
  watched.add(["bob", "cid"]);
  await vi.waitFor(() =>
    expect(Object.fromEntries(ann.state.presence)).toEqual({ bob: { online: true }, cid: { online: false } }),
  );
  server.tellPresence("ann", { userId: "bob", online: false, lastSeenAt: 5 });
  expect(ann.state.presence.get("bob")).toEqual({ online: false, lastSeenAt: 5 });
  server.reachable = false;
  server.disconnect();
  expect(ann.state.presence.size).toBe(0);
});
