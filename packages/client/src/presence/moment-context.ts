import type { TaskGroup } from "../async/task-group.ts";
import type { Call } from "../transport/link.ts";

/** What typing and presence need of the account. */
export interface MomentContext {
  readonly call: Call;
  readonly tasks: TaskGroup;
  /** `slices` changed. */
  readonly changed: () => void;
}
