import type { Timing } from "../generator/load.ts";
import { type Scale, type Stand, type Workload, sampleLoad } from "./workload.ts";

/** Pairs of people who write to each other. */
const PAIRS = 100;

/** Messages that each sender keeps under way. */
const WINDOWS = [1, 8, 32];

/** Messages a second of all pairs together. */
const RATES = [200, 1_000];

/** Connections that are made at the same time. */
const CONNECT_AT_ONCE = 50;

/** What each pair sends before anything is measured, and for how long, in seconds. */
const WARM_UP_WINDOW = 8;
const WARM_UP_SECONDS = 3;

/** How much longer an open loop is measured: its rarest latencies count, and its messages are few. */
const OPEN_LOOP_FACTOR = 2;

async function preparePairs({ subject, generator }: Stand): Promise<void> {
  const people = await subject.people(PAIRS * 2);
  await generator.ask("connect", { endpoint: subject.endpoint, people, atOnce: CONNECT_AT_ONCE });
  await generator.ask("acquaint", undefined);
  // As a server that has run for a while: what is measured is not how a runtime compiles its first thousand calls.
  await generator.ask("direct", { load: { window: WARM_UP_WINDOW }, timing: { warmUp: 0, seconds: WARM_UP_SECONDS } });
}

function sampleDirect(stand: Stand, load: { window: number } | { rate: number }, timing: Timing) {
  return sampleLoad(stand, () => stand.generator.ask("direct", { load, timing }), "messages");
}

/** 1:1, closed loop: as fast as the server goes. */
export function direct({ timing }: Scale): Workload {
  return {
    subjects: ["im-webapp", "ejabberd", "relay"],
    fresh: false,
    prepare: preparePairs,
    cases: WINDOWS.map((window) => ({
      id: `direct-${window}`,
      title: `1:1, closed loop, window ${window}`,
      unit: "messages",
      run: (stand) => sampleDirect(stand, { window }, timing),
    })),
  };
}

/** 1:1, open loop: how long a message takes while the server is not at its limit. */
export function open({ timing }: Scale): Workload {
  return {
    subjects: ["im-webapp", "ejabberd", "relay"],
    fresh: false,
    prepare: preparePairs,
    cases: RATES.map((rate) => ({
      id: `open-${rate}`,
      title: `1:1, open loop, ${rate} a second`,
      unit: "messages",
      run: (stand) => sampleDirect(stand, { rate }, { ...timing, seconds: timing.seconds * OPEN_LOOP_FACTOR }),
    })),
  };
}
