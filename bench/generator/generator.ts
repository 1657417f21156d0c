import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Commands } from "./commands.ts";

type Argument<C extends keyof Commands> = Parameters<Commands[C]>[0];
type Answer<C extends keyof Commands> = Awaited<ReturnType<Commands[C]>>;

interface Reply {
  answer?: unknown;
  error?: string;
}

/** A load generator in a process of its own, so that what it costs is not taken for the server's or the driver's. */
export class Generator {
  readonly #process: ChildProcess;

  private constructor(started: ChildProcess) {
    this.#process = started;
  }

  static async start(): Promise<Generator> {
    const started = fork(join(import.meta.dirname, "main.ts"), {
      execArgv: ["--import", "tsx"],
      serialization: "advanced",
    });
    await new Promise<void>((resolve, reject) => {
      started.once("spawn", resolve);
      started.once("error", reject);
    });
    return new Generator(started);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /**
   * Carries out one command; the next only after its answer.
   *
   * @throws {Error} what went wrong in the generator, or that it ended
   */
  ask<C extends keyof Commands>(command: C, options: Argument<C>): Promise<Answer<C>> {
    return new Promise<Answer<C>>((resolve, reject) => {
      const onExit = (): void => reject(new Error("the generator has ended"));
      this.#process.once("exit", onExit);
      this.#process.once("message", ({ answer, error }: Reply) => {
        this.#process.off("exit", onExit);
        if (error === undefined) resolve(answer as Answer<C>);
        else reject(new Error(error));
      });
      this.#process.send({ command, options });
    });
  }

  /** Ends it, and with it every connection. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.disconnect();
    await gone;
  }
}
