import type { Folded, Opened } from "./program.ts";
import type { Host } from "./host.ts";
import type { Extent } from "./scene.ts";
import { Stand } from "./stand.ts";

/** What one platform showed. */
export interface HostResult {
  readonly host: string;
  readonly opened: readonly Opened[];
  readonly folded: readonly (Folded & { readonly conversations: number })[];
  readonly received: readonly Received[];
}

export interface Received {
  /** Heap with the rubbish collected, in bytes: before the first message, then after each step. */
  readonly heap: readonly number[];
  /** From the first push to all being stored and in the state, without the time that collecting took. */
  readonly seconds: number;
  readonly longestTaskMs: number;
}

/** How much is done; `--shrink` divides it. */
export interface Sizes {
  /** The account that is opened. */
  readonly account: Extent;
  /** Conversations of the accounts that catch up: many, and few. */
  readonly folded: readonly number[];
  readonly entries: number;
  /** Messages received while running, in so many steps. */
  readonly received: number;
  readonly steps: number;
}

export interface CaseOptions {
  readonly sizes: Sizes;
  readonly runs: number;
  readonly longRuns: number;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Starts a program for a stand at this address. */
  readonly start: (url: string) => Promise<Host>;
  readonly tell: (what: string) => void;
}

/** Conversations whose last page is opened in each run. */
const LOOKED = 20;

/** A task that every platform has to see, in milliseconds, and how much of it may be missing. */
const BLOCK_MS = 100;
const BLOCK_TOLERANCE_MS = 10;

/** Measures one platform. */
export async function measureHost(options: CaseOptions): Promise<HostResult> {
  const { sizes, runs, longRuns } = options;
  let name = "";
  const opened: Opened[] = [];
  await withHost(options, sizes.account, async (host, stand) => {
    name = host.name;
    for (let run = 0; run < runs; run += 1) {
      if (host.persistent) await host.restart();
      opened.push(await host.run("open", { url: stand.url, looked: LOOKED }));
    }
  });
  const folded: HostResult["folded"][number][] = [];
  for (const conversations of sizes.folded) {
    await withHost(options, { ...sizes.account, conversations }, async (host, stand) => {
      for (let run = 0; run < runs; run += 1) {
        stand.timeline.grow(sizes.entries);
        if (host.persistent) await host.restart();
        const result = await host.run("fold", { url: stand.url });
        if (result.cursor !== stand.timeline.head) throw new Error(`Stored up to ${result.cursor} only`);
        folded.push({ ...result, conversations });
      }
    });
  }
  const received: Received[] = [];
  for (let run = 0; run < longRuns; run += 1) {
    await withHost(options, { ...sizes.account, messages: 0 }, async (host, stand) => {
      received.push(await receive(host, stand, sizes));
    });
  }
  return { host: name, opened, folded, received };
}

async function receive(host: Host, stand: Stand, { received, steps }: Sizes): Promise<Received> {
  await host.run("beginReceiving", { url: stand.url });
  const heap = [await host.heapBytes()];
  let [ms, longestTaskMs] = [0, 0];
  for (let step = 1; step <= steps; step += 1) {
    const startedAt = performance.now();
    await stand.push(received / steps);
    const longest = await host.run("received", { total: stand.timeline.head });
    ms += performance.now() - startedAt;
    longestTaskMs = Math.max(longestTaskMs, longest);
    heap.push(await host.heapBytes());
  }
  await host.run("endReceiving");
  return { heap, seconds: ms / 1_000, longestTaskMs };
}

async function withHost(
  { files, start, tell }: CaseOptions,
  account: Extent,
  work: (host: Host, stand: Stand) => Promise<void>,
): Promise<void> {
  const stand = await Stand.start(account, files);
  const host = await start(stand.url);
  try {
    const seen = await host.run("block", { ms: BLOCK_MS });
    if (seen < BLOCK_MS - BLOCK_TOLERANCE_MS) throw new Error(`${host.name} saw ${seen} ms of a task of ${BLOCK_MS}`);
    tell(`${host.name}: ${account.conversations} conversations of ${account.messages} messages`);
    await host.run("fill", account);
    await work(host, stand);
  } finally {
    await host.stop();
    await stand.stop();
  }
}
