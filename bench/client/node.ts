import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";
import type { Host } from "./host.ts";
import type { MeasuredProgram } from "./program.ts";

export interface Question {
  readonly id: number;
  readonly action: keyof MeasuredProgram | "heapBytes";
  readonly argument: unknown;
}

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

const MAIN = join(root, "bench/client/node-main.ts");

/** Starts the measuring program in a Node of its own, which stores in a file or in memory. */
export function startNode(kind: "file" | "memory"): Host {
  const folder = mkdtempSync(join(tmpdir(), "im-webapp-bench-"));
  const place = kind === "file" ? join(folder, "account.db") : "memory";
  const start = (): ChildProcess => fork(MAIN, [place], { execArgv: ["--expose-gc", "--import", "tsx"] });
  let child = start();
  let asked = 0;
  const ask = async (action: Question["action"], argument: unknown): Promise<unknown> => {
    asked += 1;
    const id = asked;
    const answered = new Promise<Answer>((resolve, reject) => {
      const take = (answer: Answer): void => {
        if (answer.id !== id) return;
        child.off("message", take);
        child.off("exit", gone);
        resolve(answer);
      };
      const gone = (): void => reject(new Error(`The measuring program ended during ${action}`));
      child.on("message", take);
      child.once("exit", gone);
    });
    child.send({ id, action, argument } satisfies Question);
    const { value, error } = await answered;
    if (error !== undefined) throw new Error(error);
    return value;
  };
  const end = async (): Promise<void> => {
    const ended = once(child, "exit");
    child.disconnect();
    await ended;
  };
  return {
    name: `node, ${kind}`,
    persistent: kind === "file",
    run: (action, ...[argument]) => ask(action, argument) as Promise<never>,
    restart: async () => {
      await end();
      child = start();
    },
    heapBytes: async () => (await ask("heapBytes", undefined)) as number,
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
