import type { Limits, Me, ReadyEvent, User } from "@im-webapp/protocol";
import type { Directory } from "./directory.ts";

/**
 * The signed-in user as last known, asked for anew whenever entries tell that something of it has changed, and what the
 * server lets them do.
 */
export class OwnAccount {
  /** What the server has said that it enforces. */
  limits: Limits | undefined;
  #me: Me;
  /** Changed elsewhere, and not asked for since. */
  #isStale = false;
  readonly #directory: Pick<Directory, "learn">;
  readonly #refresh: () => void;

  /** `refresh` asks the server and hands the answer to `use`, if there is one. */
  constructor(me: Me, directory: Pick<Directory, "learn">, refresh: () => void) {
    this.#me = me;
    this.#directory = directory;
    this.#refresh = refresh;
  }

  get me(): Me {
    return this.#me;
  }

  use(me: Me): void {
    this.#me = me;
    this.#isStale = false;
    this.#directory.learn([me]);
  }

  /** Profiles have changed: of the user's own, entries tell no more than others may know. */
  arrived(users: readonly User[]): void {
    if (users.some(({ userId }) => userId === this.#me.userId)) this.changed();
  }

  changed(): void {
    this.#isStale = true;
    this.#refresh();
  }

  connected({ limits }: Pick<ReadyEvent, "limits">): void {
    this.limits = limits;
    if (this.#isStale) this.#refresh();
  }
}
