import { test as base } from "@playwright/test";
import type { Connection } from "../support/connection.ts";
import { Person, sendText } from "../support/people.ts";
import { bundleHarness } from "./bundle.ts";
import { Device } from "./device.ts";
import type { Tab } from "./tab.ts";
import { World } from "./world.ts";

interface WorkerFixtures {
  /** One real server per worker. */
  readonly world: World;
  readonly program: ReadonlyMap<string, string>;
}

interface Fixtures {
  /** Bob's browser. */
  readonly device: Device;
  readonly bob: Person;
  /** Somebody who writes to Bob. */
  readonly ann: Person;
  /** A page of Bob's in which he is signed in, with one message from Ann: "hello". */
  readonly tab: Tab;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  world: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what the fixture needs.
    async ({}, use) => {
      const world = await World.open();
      await use(world);
      await world.close();
    },
    { scope: "worker" },
  ],
  program: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      await use(await bundleHarness());
    },
    { scope: "worker" },
  ],
  device: async ({ browser, world, program }, use) => {
    const device = await Device.open(browser, world.url, program);
    await use(device);
    await device.close();
  },
  bob: async ({ world }, use) => {
    await use(await Person.register(world.url, "Bob"));
  },
  ann: async ({ world }, use) => {
    await use(await Person.register(world.url, "Ann"));
  },
  tab: async ({ device, ann, bob }, use) => {
    await tell(ann, bob, ["hello"]);
    const tab = await device.openTab();
    await tab.signIn(bob);
    await tab.showsTexts(ann.userId, ["hello"]);
    await use(tab);
  },
});

/** Does something with a connection of somebody's. */
export async function connected<T>(person: Person, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await person.connect();
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

/** Has somebody write to somebody, message by message; gives the conversation and the last one's `seq`. */
export function tell(
  from: Person,
  to: Person,
  texts: readonly string[],
): Promise<{ conversationId: string; seq: number }> {
  return connected(from, async (connection) => {
    let last = { conversationId: "", seq: 0 };
    for (const text of texts) last = await sendText(connection, { userId: to.userId }, text);
    return last;
  });
}
