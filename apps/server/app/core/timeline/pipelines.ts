import { type Command, type CommandSink, laneOf } from "./command.ts";
import type { Pipeline } from "./pipeline.ts";

/**
 * Several pipelines side by side, each with the lanes that fall to it. While one waits for its commit the other decides
 * and writes. Commands of one lane stay in order; those that meet in a conversation or a user's timeline are ordered by
 * its lock.
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
    const place = placeOf(laneOf(command)) % this.#pipelines.length;
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
