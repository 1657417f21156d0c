import type { Result } from "./measure/sample.ts";

/** What a file of results holds. */
export interface Recording {
  /** ISO 8601 */
  readonly at: string;
  readonly machine: {
    readonly cores: number;
    readonly cpu: string;
    readonly node: string;
    readonly database: string;
  };
  /** How long everything took. */
  readonly seconds: number;
  readonly results: readonly Result[];
}
