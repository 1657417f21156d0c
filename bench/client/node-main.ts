/** The measuring program in Node; `node.ts` starts it and calls it. Its argument: a file to store in, or `memory`. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { MemoryStore } from "@im-webapp/client";
import type { LocalStore } from "@im-webapp/client";
import { openNodeStore } from "@im-webapp/client/node";
import type { Answer, Question } from "./node.ts";
import { MeasuredProgram } from "./program.ts";

/**
 * Messages that a program without a file keeps: what is cached is in its heap, so that a bound far below what is
 * received shows whether anything else grows.
 */
const MEMORY_MESSAGES = 10_000;

/** How often the delay is looked at, in milliseconds; it is a part of each delay measured. */
const RESOLUTION_MS = 1;

const place = process.argv[2] ?? "memory";
const memory = new MemoryStore();
const openStore = (): Promise<LocalStore> =>
  place === "memory" ? Promise.resolve(memory) : openNodeStore({ file: place });

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

const program = new MeasuredProgram({
  openStore,
  options: async () => ({
    store: await openStore(),
    ...(place === "memory" && { cache: { messages: MEMORY_MESSAGES } }),
  }),
  longestTask: async () => {
    await new Promise((resolve) => setTimeout(resolve, 2 * RESOLUTION_MS));
    const longest = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
    delay.reset();
    return longest;
  },
});

async function heapBytes(): Promise<number> {
  // Twice: what the first finds to be finalized goes with the second.
  for (let collection = 0; collection < 2; collection += 1) {
    globalThis.gc?.();
    await turn();
  }
  return process.memoryUsage().heapUsed;
}

async function answer({ id, action, argument }: Question): Promise<Answer> {
  try {
    if (action === "heapBytes") return { id, value: await heapBytes() };
    const run = program[action].bind(program) as (given: unknown) => Promise<unknown>;
    return { id, value: await run(argument) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on("message", (question: Question) => {
  answer(question)
    .then((given) => process.send?.(given))
    .catch(() => process.exit(1));
});
process.once("disconnect", () => process.exit(0));
