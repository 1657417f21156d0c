import { z } from "zod";

/** Runs of `npm test`: some twenty seconds. */
const RUNS = 60;

/** Longest time of a run on a busy machine, in milliseconds: it takes a fifth of that. */
const RUN_MS = 1_000;

/** How long a story that fails is made smaller, in milliseconds; what is found by then is printed. */
const SHRINK_MS = 180_000;

const whole = z.coerce.number().int();

/** How the property runs, from the environment; a mistake there is said at once. */
const environment = z.object({
  PROPERTY_RUNS: whole.min(1).default(RUNS),
  /** The seed that a failure has printed, and the path to the smallest story that it found. */
  PROPERTY_SEED: whole.optional(),
  PROPERTY_PATH: z
    .string()
    .regex(/^\d+(:\d+)*$/)
    .optional(),
  /** `off`: says at once that it fails, with the story as it was found. */
  PROPERTY_SHRINK: z.enum(["on", "off"]).default("on"),
});

/** @throws {z.ZodError} naming the variable that cannot be read */
export function runsFrom(env: NodeJS.ProcessEnv) {
  const { PROPERTY_RUNS, PROPERTY_SEED, PROPERTY_PATH, PROPERTY_SHRINK } = environment.parse(env);
  return {
    numRuns: PROPERTY_RUNS,
    ...(PROPERTY_SEED !== undefined && { seed: PROPERTY_SEED }),
    ...(PROPERTY_PATH !== undefined && { path: PROPERTY_PATH }),
    endOnFailure: PROPERTY_SHRINK === "off",
    skipAllAfterTimeLimit: PROPERTY_RUNS * RUN_MS + SHRINK_MS,
  };
}
