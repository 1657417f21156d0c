import { MAX_IDS_PER_CALL } from "@im-webapp/protocol";
import type { User, UserId, UsersResponse } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import { toImError } from "../errors.ts";
import type { AccountStore } from "../store/local-store.ts";
import { SYSTEM_SENDER } from "../sync/conversation-record.ts";
import { retryDelay } from "../transport/backoff.ts";

/** How long wishes are gathered into one lookup, in milliseconds: longer than one screen takes to say what it shows. */
const GATHER_MS = 20;

export interface DirectoryContext {
  readonly store: Pick<AccountStore, "putUsers">;
  readonly tasks: TaskGroup;
  readonly lookup: (userIds: readonly UserId[]) => Promise<UsersResponse>;
  /** `users` changed. */
  readonly changed: () => void;
}

/** Everybody whose name is known here: cached, kept current by the timeline, and looked up in batches when missing. */
export class Directory {
  readonly #context: DirectoryContext;
  readonly #wanted = new Set<UserId>();
  /** Those of whom the server knows nothing; not asked for again in this run. */
  readonly #absent = new Set<UserId>([SYSTEM_SENDER]);
  #users: ReadonlyMap<UserId, User> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #stopped = false;

  constructor(context: DirectoryContext) {
    this.#context = context;
  }

  get users(): ReadonlyMap<UserId, User> {
    return this.#users;
  }

  /** Takes users over that the store has already. */
  restore(users: readonly User[]): void {
    const changed = users.filter((user) => !sameUser(this.#users.get(user.userId), user));
    if (changed.length === 0) return;
    this.#users = new Map([...this.#users, ...changed.map((user) => [user.userId, user] as const)]);
    this.#context.changed();
  }

  /** Takes users over that an answer of the server carried, and stores them. */
  learn(users: readonly User[]): void {
    const changed = users.map(publicPart).filter((user) => !sameUser(this.#users.get(user.userId), user));
    if (changed.length === 0) return;
    this.restore(changed);
    this.#context.tasks.run(() => this.#context.store.putUsers(changed));
  }

  /** Forgets everybody but `keep`; the names may have changed unseen. */
  reset(keep: readonly User[]): void {
    this.#users = new Map();
    this.#absent.clear();
    this.#absent.add(SYSTEM_SENDER);
    this.learn(keep);
    this.#context.changed();
  }

  /** Asks for those who are not known, some time soon and again until there is an answer. */
  want(userIds: Iterable<UserId>): void {
    for (const id of userIds) if (!this.#users.has(id) && !this.#absent.has(id)) this.#wanted.add(id);
    if (this.#wanted.size > 0) this.#flushIn(GATHER_MS);
  }

  /** Resolves once those who exist are known. Rejects with an `ImError` when the server cannot be asked. */
  async load(userIds: readonly UserId[]): Promise<void> {
    const missing = userIds.filter((id) => !this.#users.has(id) && !this.#absent.has(id));
    await this.#lookup([...new Set(missing)]);
  }

  /** The server can be asked again. */
  connected(): void {
    this.#attempt = 0;
    if (this.#wanted.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushIn(0);
  }

  /** Asks for nobody any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #flushIn(ms: number): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#context.tasks.run(() => this.#flush());
    }, ms);
  }

  async #flush(): Promise<void> {
    const ids = [...this.#wanted].filter((id) => !this.#users.has(id));
    this.#wanted.clear();
    try {
      await this.#lookup(ids);
      this.#attempt = 0;
    } catch (thrown) {
      const error = toImError(thrown);
      if (!error.retryable) return;
      for (const id of ids) this.#wanted.add(id);
      this.#flushIn(retryDelay(error, this.#attempt));
      this.#attempt += 1;
    }
  }

  async #lookup(userIds: readonly UserId[]): Promise<void> {
    for (let start = 0; start < userIds.length; start += MAX_IDS_PER_CALL) {
      const ids = userIds.slice(start, start + MAX_IDS_PER_CALL);
      // One after the other: a screen that needs more than one call is a list, whose start is wanted first.
      const { users } = await this.#context.lookup(ids);
      const found = new Set(users.map(({ userId }) => userId));
      for (const id of ids) if (!found.has(id)) this.#absent.add(id);
      this.learn(users);
    }
  }
}

/** What anyone may know of a user. */
const FIELDS = ["userId", "username", "displayName", "avatar", "gender", "description", "deleted"] as const;

/** What anyone may know of a user, of an answer that carries more. */
function publicPart(user: User): User {
  const known = FIELDS.filter((field) => user[field] !== undefined);
  return Object.fromEntries(known.map((field) => [field, user[field]])) as unknown as User;
}

function sameUser(a: User | undefined, b: User): boolean {
  return a !== undefined && FIELDS.every((field) => a[field] === b[field]);
}
