import type { MeasuredProgram } from "./program.ts";

type Action = keyof MeasuredProgram;
type Result<A extends Action> = Awaited<ReturnType<MeasuredProgram[A]>>;

/** A program of its own in which the library is measured. */
export interface Host {
  readonly name: string;
  /** Whether what the library stores outlives the program. */
  readonly persistent: boolean;
  /** Has the program do something; arguments and results are plain data. */
  run<A extends Action>(action: A, ...argument: Parameters<MeasuredProgram[A]>): Promise<Result<A>>;
  /** Starts the program anew, over what it has stored. */
  restart(): Promise<void>;
  /** What the program's heap holds, rubbish collected, in bytes. */
  heapBytes(): Promise<number>;
  stop(): Promise<void>;
}
