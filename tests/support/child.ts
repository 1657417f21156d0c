import { type ChildProcess, spawn } from "node:child_process";
import { guardGroup, releaseGroup } from "./guard.ts";
import { within } from "./wait-for.ts";

/** Output kept per process, in UTF-16 units: enough to explain a failure, bounded under load. */
const LOG_KEPT = 200_000;

/** How long a process may take to end after SIGTERM before it is killed, in milliseconds. */
const STOP_TIMEOUT_MS = 20_000;

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that a test runs, in a process group of its own. It ends with the test run at the latest. */
export class Child {
  readonly pid: number;
  /** Resolves when the process has ended; never rejects. */
  readonly exited: Promise<Exit>;
  readonly #name: string;
  readonly #process: ChildProcess;
  #log = "";
  #exit: Exit | undefined;

  private constructor(name: string, started: ChildProcess, pid: number) {
    this.#name = name;
    this.#process = started;
    this.pid = pid;
    this.exited = new Promise((resolve) => {
      started.once("close", (code, signal) => {
        this.#exit = { code, signal };
        releaseGroup(pid);
        resolve(this.#exit);
      });
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#log = (this.#log + text).slice(-LOG_KEPT);
      });
    }
  }

  /**
   * Starts `program`. `env` replaces the environment entirely.
   *
   * @throws Error when the program cannot be started.
   */
  static async start(
    program: string,
    arguments_: readonly string[],
    options: { name: string; cwd?: string; env?: NodeJS.ProcessEnv },
  ): Promise<Child> {
    const started = spawn(program, arguments_, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    await new Promise<void>((resolve, reject) => {
      started.once("spawn", resolve);
      started.once("error", reject);
    });
    if (started.pid === undefined) throw new Error(`${options.name} has no pid`);
    guardGroup(started.pid);
    return new Child(options.name, started, started.pid);
  }

  /** What it wrote to both outputs; the last part when it wrote much. */
  logs(): string {
    return this.#log;
  }

  /** How it ended, or undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Sends a signal to the process alone. */
  signal(signal: NodeJS.Signals): void {
    if (this.#exit === undefined) this.#process.kill(signal);
  }

  /** SIGKILL to the whole group, and waits until the process is gone. */
  async kill(): Promise<void> {
    if (this.#exit === undefined) {
      try {
        process.kill(-this.pid, "SIGKILL");
      } catch {
        // The group has ended between the look and the signal.
      }
    }
    await within(this.exited, STOP_TIMEOUT_MS, `${this.#name} survived SIGKILL`);
  }

  /**
   * SIGTERM, and waits for the end. A process that does not end in time is killed.
   *
   * @throws Error when it had to be killed, with what it wrote.
   */
  async stop(): Promise<Exit> {
    this.signal("SIGTERM");
    try {
      return await within(this.exited, STOP_TIMEOUT_MS, `${this.#name} did not stop after SIGTERM`);
    } catch (error) {
      await this.kill();
      throw new Error(`${String(error)}\n${this.logs()}`, { cause: error });
    }
  }
}
