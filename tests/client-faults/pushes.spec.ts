import { expect } from "@playwright/test";
import { waitFor } from "../support/wait-for.ts";
import type { Device } from "./device.ts";
import { connected, tell, test } from "./fixtures.ts";
import { numbered, showsTheTruth, textsBy } from "./truth.ts";

/** A packet of Socket.IO that carries the event of new entries. */
const PUSH = /^42\d*\["sync:push"/;

/** Takes one push; gives what arrives in its place, in order. */
type Fault = (push: string) => readonly string[];

const FAULTS: Record<string, () => Fault> = {
  "every third push is lost": () => {
    let count = 0;
    return (push) => {
      count += 1;
      return count % 3 === 0 ? [] : [push];
    };
  },
  "every push comes twice": () => (push) => [push, push],
  "an old push comes again after each new one": () => {
    const old: string[] = [];
    return (push) => {
      old.push(push);
      return [push, old[Math.floor(old.length / 2)] ?? push];
    };
  },
  "pushes come in pairs the wrong way round": () => {
    let held: string | undefined;
    return (push) => {
      if (held === undefined) {
        held = push;
        return [];
      }
      const pair = [push, held];
      held = undefined;
      return pair;
    };
  },
};

/** Puts a fault between the server and the device's pages; returns the end of it. */
async function spoilPushes(device: Device, fault: Fault): Promise<() => void> {
  let spoils = true;
  await device.context.routeWebSocket(/socket\.io/, (page) => {
    const server = page.connectToServer();
    server.onMessage((packet) => {
      const isPush = spoils && typeof packet === "string" && PUSH.test(packet);
      for (const arriving of isPush ? fault(packet) : [packet]) page.send(arriving);
    });
  });
  return () => {
    spoils = false;
  };
}

for (const [name, make] of Object.entries(FAULTS)) {
  test(`${name}: every message is shown once and in order`, async ({ ann, bob, device }) => {
    const mend = await spoilPushes(device, make());
    const tab = await device.openTab();
    await tab.signIn(bob);
    const [anns, bobs] = [numbered("from Ann", 40), numbered("from Bob", 20)];
    await Promise.all([tell(ann, bob, anns), tab.run("write", { to: ann.userId, texts: bobs })]);
    mend();
    await tell(ann, bob, ["the last"]);
    const truth = await showsTheTruth(tab, bob);
    expect(textsBy(truth, ann.userId)).toEqual([...anns, "the last"]);
    expect(textsBy(truth, bob.userId)).toEqual(bobs);
  });
}

test("all pushes are lost: what is new, edited and recalled is shown as soon as somebody looks", async ({
  ann,
  bob,
  device,
}) => {
  await spoilPushes(device, () => []);
  const tab = await device.openTab();
  await tab.signIn(bob);
  const { conversationId } = await tell(ann, bob, ["one", "two", "three"]);
  await waitFor(
    async () => {
      // Looking again and again is not answered each time.
      await tab.focus();
      return (await tab.run("texts", ann.userId)).length === 3;
    },
    { what: "what is new" },
  );
  await connected(ann, async (anns) => {
    await anns.ok("message:edit", { conversationId, seq: 1, content: { kind: "text", text: "edited" } });
    await anns.ok("message:recall", { conversationId, seq: 2 });
  });
  await tab.run("write", { to: ann.userId, texts: ["own"] });
  await waitFor(
    async () => {
      await tab.focus();
      return (await tab.run("texts", ann.userId)).includes("edited");
    },
    { what: "what has changed" },
  );
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, bob.userId)).toEqual(["own"]);
});
