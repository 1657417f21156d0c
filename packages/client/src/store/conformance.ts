import { describe, expect, it } from "vitest";
import { makeChange, makeOutgoing } from "../../test/builders.ts";
import { StoreUnderTest } from "../../test/store-under-test.ts";
import type { StorageUnderTest } from "../../test/store-under-test.ts";
import { describeCache } from "./cache.conformance.ts";
import { describeLocal } from "./local.conformance.ts";
import type { StoredSession } from "./local-store.ts";
import { describeSync } from "./sync.conformance.ts";

const SESSION: StoredSession = { token: "t", expiresAt: 9, me: { userId: "me", username: "me", displayName: "Me" } };

/** The suite that every implementation of `LocalStore` passes. `make` gives a device that holds nothing. */
export function describeLocalStore(name: string, make: () => StorageUnderTest): void {
  describe(`${name} as a LocalStore`, () => {
    const here = StoreUnderTest.install(make);

    describe("of the device", () => {
      it("makes a device id once", async () => {
        const [first, second] = await Promise.all([here.store.deviceId(), here.store.deviceId()]);
        expect(first).toMatch(/^[0-9a-f-]{36}$/);
        expect(second).toBe(first);
        await here.restart();
        expect(await here.store.deviceId()).toBe(first);
      });

      it("keeps and forgets the session, and never the device id with it", async () => {
        const deviceId = await here.store.deviceId();
        expect(await here.store.loadSession()).toBeNull();
        await here.store.saveSession(SESSION);
        await here.restart();
        expect(await here.store.loadSession()).toEqual(SESSION);
        await here.store.saveSession(null);
        await here.restart();
        expect(await here.store.loadSession()).toBeNull();
        expect(await here.store.deviceId()).toBe(deviceId);
      });

      it("keeps users apart, and erases one without the other", async () => {
        const other = await here.store.openAccount("other");
        await here.account.enqueue(makeOutgoing("mine"));
        await other.enqueue(makeOutgoing("theirs"));
        for (const account of [here.account, other]) {
          await account.updateChanges(() => [makeChange("a")]);
          await account.putDraft({ conversationId: "c1", text: "to be", at: 1 });
        }
        await here.account.close();
        await here.store.removeAccount("me");
        here.account = await here.store.openAccount("me");
        expect(await here.account.load()).toMatchObject({ outgoing: [], changes: [], drafts: [] });
        expect(await other.load()).toMatchObject({
          outgoing: [makeOutgoing("theirs")],
          changes: [makeChange("a")],
          drafts: [{ text: "to be" }],
        });
        await other.close();
      });
    });

    describeSync(here);
    describeLocal(here);
    describeCache(here);
  });
}
