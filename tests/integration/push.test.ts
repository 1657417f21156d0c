import type { PushSettings } from "@im-webapp/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendText } from "../support/people.ts";
import type { Person } from "../support/people.ts";
import { PushEndpoint, type Told } from "../support/push-endpoint.ts";
import { restCodeOf, useServer } from "./one-server.ts";

/** Longer than the server waits before it notifies, in milliseconds. */
const SOON = { timeout: 15_000, interval: 100 };

const at = useServer({ env: { PUSH_HOSTS: "127.0.0.1,.push.example.com" } });
let endpoint: PushEndpoint;

beforeAll(async () => {
  endpoint = await PushEndpoint.start();
});
afterAll(() => endpoint.stop());

async function subscribe(person: Person, how: object = {}) {
  const device = endpoint.subscribe();
  const settings = await person.rest<PushSettings>("PUT", "/api/v1/me/push", { ...device.request, ...how });
  expect(settings.subscription?.endpoint).toBe(device.request.endpoint);
  return device;
}

const textsOf = (told: readonly Told[]) => told.map(({ notice }) => notice.text);

/** Waits until somebody who hears of everything has been told of this text: whoever else should have been, was before. */
const heard = (told: readonly Told[], text: string) => expect.poll(() => textsOf(told), SOON).toContain(text);

describe("a device that has asked to be notified", () => {
  it("is told once for each conversation what was said, encrypted for it and signed by this server", async () => {
    const [ann, bob] = await at.people("Ann", "鲍勃");
    const device = await subscribe(ann);
    const socket = await at.connect(bob);
    await sendText(socket, { userId: ann.userId }, "one");
    const { conversationId, seq } = await sendText(socket, { userId: ann.userId }, "第二条");
    await heard(device.told, "第二条");
    expect(device.told).toHaveLength(1);
    expect(device.told[0]?.notice).toEqual({
      conversationId,
      seq,
      unread: 2,
      title: "鲍勃",
      kind: "text",
      text: "第二条",
    });
    const { publicKey } = await ann.rest<PushSettings>("GET", "/api/v1/me/push");
    expect(device.told[0]?.headers).toMatchObject({ ttl: "86400", urgency: "high", "content-encoding": "aes128gcm" });
    expect(device.told[0]?.headers.authorization).toMatch(new RegExp(`^vapid t=.+, k=${publicKey}$`));
  });

  it("is told of groups by their name, of mentions through silence, and of nothing that is silent or blocked", async () => {
    const [ann, bob, carl] = await at.people("Ann", "Bob", "Carl");
    const [anns, carls] = await Promise.all([subscribe(ann), subscribe(carl)]);
    const [annsSocket, bobs] = await at.connectAll(ann, bob);
    const { groupId, conversationId } = await bob.createGroup("周末", [ann, carl]);
    await annsSocket.ok("conversation:set", { conversationId, notify: 1 });
    await sendText(bobs, { groupId }, "to everybody");
    await heard(carls.told, "to everybody");
    expect(carls.told.at(-1)?.notice).toMatchObject({ title: "周末", senderName: "Bob", unread: 2 });
    expect(anns.told).toEqual([]);
    await bobs.ok("message:send", {
      clientMessageId: crypto.randomUUID(),
      to: { groupId },
      content: { kind: "text", text: "@Ann look" },
      mentions: [ann.userId],
    });
    await heard(anns.told, "@Ann look");
    expect(anns.told.at(-1)?.notice).toMatchObject({ mentioned: true });
    await annsSocket.ok("conversation:set", { conversationId, notify: -1 });
    await sendText(bobs, { groupId }, "unheard");
    await heard(carls.told, "unheard");
    expect(textsOf(anns.told)).toEqual(["@Ann look"]);
  });

  it("is told nothing that was read on another device meanwhile, nor what its user says", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await Promise.all([subscribe(ann), subscribe(bob)]);
    const [annsSocket, bobsSocket] = await at.connectAll(ann, bob);
    const { conversationId, seq } = await sendText(bobsSocket, { userId: ann.userId }, "read at once");
    await annsSocket.ok("read:mark", { conversationId, seq });
    await sendText(annsSocket, { userId: bob.userId }, "an answer");
    await heard(bobs.told, "an answer");
    expect(textsOf(bobs.told)).toEqual(["an answer"]);
    expect(anns.told).toEqual([]);
  });

  it("is told less where the content is hidden, and nothing in its quiet hours", async () => {
    const [ann, bob, carl] = await at.people("Ann", "Bob", "Carl");
    const hidden = await subscribe(ann, { hideContent: true });
    const minute = Math.floor(Date.now() / 60_000) % 1_440;
    const quiet = { from: (minute + 1_400) % 1_440, to: (minute + 40) % 1_440, offset: 0 };
    const asleep = await subscribe(carl, { quiet });
    const { groupId, conversationId } = await bob.createGroup("secret", [ann, carl]);
    const { seq } = await sendText(await at.connect(bob), { groupId }, "psst");
    await expect.poll(() => hidden.told.length, SOON).toBe(1);
    expect(hidden.told[0]?.notice).toEqual({ conversationId, seq, unread: 2 });
    expect(asleep.told).toEqual([]);
  });

  it("is told nothing after its session ended, and forgotten when its service knows it no more", async () => {
    const [ann, bob, carl] = await at.people("Ann", "Bob", "Carl");
    const [anns, bobs, carls] = await Promise.all([subscribe(ann), subscribe(bob), subscribe(carl)]);
    await ann.rest("POST", "/api/v1/auth/logout", {});
    bobs.forget();
    const { groupId } = await carl.createGroup("goodbye", [ann, bob]);
    const other = await at.person("Dora");
    const doras = await subscribe(other);
    await carl.rest("POST", `/api/v1/groups/${groupId}/members`, { userIds: [other.userId] });
    await sendText(await at.connect(carl), { groupId }, "who is here");
    await heard(doras.told, "who is here");
    expect([anns.told, bobs.told, carls.told]).toEqual([[], [], []]);
    await expect
      .poll(() => bob.rest<PushSettings>("GET", "/api/v1/me/push").then(({ subscription }) => subscription), SOON)
      .toBeUndefined();
  });
});

it("names only push services that the server knows, and only in a form that it can use", async () => {
  const ann = await at.person("Ann");
  const { request } = endpoint.subscribe();
  const code = (body: unknown) => restCodeOf(at.url, "PUT", "/api/v1/me/push", { token: ann.token, body });
  for (const address of [
    "https://169.254.169.254/latest",
    "https://push.example.com.evil.example/a",
    "http://a.push.example.com/a",
    "https://user:secret@a.push.example.com/a",
  ]) {
    expect([address, await code({ ...request, endpoint: address })]).toEqual([address, "403 FORBIDDEN"]);
  }
  expect(await code({ ...request, endpoint: "file:///etc/passwd" })).toBe("400 BAD_REQUEST");
  expect(await code({ ...request, keys: { p256dh: "x", auth: "y" } })).toBe("400 BAD_REQUEST");
  expect(await code({ ...request, quiet: { from: -1, to: 0, offset: 0 } })).toBe("400 BAD_REQUEST");
  expect(await code({ ...request, endpoint: "https://a.push.example.com/a" })).toBe("200");
});
