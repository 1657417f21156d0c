import type { Command, CommandSink } from "./command.ts";
import type { Pipeline } from "./pipeline.ts";

/**
 * Several pipelines side by side, each with the conversations that fall to it. While one waits for its commit the other
 * decides and writes, and a large fan-out holds up only its own. Commands of one conversation stay in order; those that
 * meet in a user's timeline are ordered by its lock.
 */
export class Pipelines implements CommandSink {
  readonly #pipelines: readonly Pipeline[];

  constructor(pipelines: readonly Pipeline[]) {
    this.#pipelines = pipelines;
  }

  /** Commands that wait for their batch. */
  get depth(): number {
    return this.#pipelines.reduce((sum, pipeline) => sum + pipeline.depth, 0);
  }

  submit<R>(command: Command<R>): Promise<R> {
    const place = placeOf(command.locks[0] ?? "") % this.#pipelines.length;
    const pipeline = this.#pipelines[place];
    if (!pipeline) throw new Error("there is no pipeline");
    return pipeline.submit(command);
  }

  async drain(): Promise<void> {
    await Promise.all(this.#pipelines.map((pipeline) => pipeline.drain()));
  }
}

/** FNV-1a: spreads well, and costs a twelfth of a cryptographic digest. Only this process needs to agree with itself. */
function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // The lower half of the bits is the worse mixed one.
  return hash >>> 16;
}
