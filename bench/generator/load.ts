import { setTimeout as sleep } from "node:timers/promises";
import type { Client, Target } from "./client.ts";
import type { Fleet } from "./fleet.ts";
import { type Load, Tally } from "./tally.ts";

/** How long the last messages of a run may take to arrive, in milliseconds; those that do not make the run void. */
const DRAIN_MS = 15_000;

/** Time between two looks at what is still under way, in milliseconds. */
const LOOK_MS = 5;

/** Time after the first messages until nothing of them is under way any more, in milliseconds. */
const SETTLE_MS = 200;

/** Time between two turns of an open loop, in milliseconds: what Node's timers can do. */
const TURN_MS = 1;

/** One who sends, and how their messages become complete. */
export interface Sender {
  readonly client: Client;
  readonly target: Target;
}

export interface Timing {
  /** Sending before anything is measured, in seconds. */
  readonly warmUp: number;
  /** Measured sending, in seconds. */
  readonly seconds: number;
}

export interface Traffic {
  readonly senders: readonly Sender[];
  /** How many clients get each message. */
  readonly recipients: number;
  /** Whether an arrival at this client counts. */
  readonly counts: (client: Client) => boolean;
}

/** Closed loop: each sender keeps `window` messages under way; one that is complete makes room for the next. */
export async function closedLoop(fleet: Fleet, traffic: Traffic, window: number, timing: Timing): Promise<Load> {
  const run = new Run(fleet, traffic, (sender) => {
    if (run.isOpen) run.send(sender);
  });
  for (const index of traffic.senders.keys()) for (let sent = 0; sent < window; sent += 1) run.send(index);
  return run.measure(timing);
}

/** Open loop: `rate` messages a second whatever becomes of them, the senders taking turns. */
export async function openLoop(fleet: Fleet, traffic: Traffic, rate: number, timing: Timing): Promise<Load> {
  const run = new Run(fleet, traffic, () => undefined);
  const startedAt = performance.now();
  let sent = 0;
  const turn = (): void => {
    if (!run.isOpen) return;
    const due = ((performance.now() - startedAt) / 1000) * rate;
    for (; sent < due; sent += 1) run.send(sent % traffic.senders.length);
    setTimeout(turn, TURN_MS);
  };
  turn();
  return run.measure(timing);
}

/**
 * Each sender sends one message and all arrive: what first messages do besides, such as making the conversation, is
 * over then.
 */
export async function acquaint(fleet: Fleet, traffic: Traffic): Promise<void> {
  const left = new Set<number>();
  const send = traffic.senders.map(({ client, target }) => client.sendTo(target));
  fleet.ear = {
    acknowledged: () => undefined,
    received: (client, number) => {
      if (traffic.counts(client)) left.delete(number);
    },
  };
  for (const write of send) {
    left.add(fleet.nextNumber);
    write(fleet.nextNumber);
    fleet.nextNumber += 1;
  }
  const deadline = performance.now() + DRAIN_MS;
  while (left.size > 0 && performance.now() < deadline) {
    fleet.check();
    await sleep(LOOK_MS);
  }
  if (left.size > 0) throw new Error(`${left.size} first messages have not arrived`);
  // What comes after the first arrival of a first message: the other entry that shows it.
  await sleep(SETTLE_MS);
  fleet.rest();
}

class Run {
  readonly #fleet: Fleet;
  readonly #tally: Tally;
  readonly #awaited: number;
  readonly #write: ((number: number) => void)[];
  #isOpen = true;

  constructor(fleet: Fleet, { senders, recipients, counts }: Traffic, complete: (sender: number) => void) {
    this.#fleet = fleet;
    this.#tally = new Tally(fleet.nextNumber, complete);
    this.#awaited = recipients + (fleet.acknowledges ? 1 : 0);
    this.#write = senders.map(({ client, target }) => client.sendTo(target));
    fleet.ear = {
      acknowledged: (number) => this.#tally.settle(number),
      received: (client, number) => {
        if (counts(client)) this.#tally.received(number);
      },
    };
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(sender: number): void {
    this.#write[sender]?.(this.#tally.begin(sender, this.#awaited));
  }

  async measure({ warmUp, seconds }: Timing): Promise<Load> {
    await sleep(warmUp * 1000);
    this.#tally.startMeasuring();
    await sleep(seconds * 1000);
    this.#tally.stopMeasuring();
    this.#isOpen = false;
    const deadline = performance.now() + DRAIN_MS;
    while (this.#tally.underWay > 0 && performance.now() < deadline) {
      this.#fleet.check();
      await sleep(LOOK_MS);
    }
    this.#fleet.check();
    if (this.#tally.underWay > 0) throw new Error(`${this.#tally.underWay} messages have not arrived`);
    this.#fleet.rest();
    this.#fleet.nextNumber = this.#tally.last + 1;
    return this.#tally.load();
  }
}
