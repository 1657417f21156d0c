import type { PresenceEvent, UserId } from "@im-webapp/protocol";
import type { PresenceRecord, Watcher } from "./ports.ts";

/** A user whom somebody here watches. */
export interface Watched {
  online: boolean;
  record: PresenceRecord;
  /** Since when the user has been missing without anybody's word of it; undefined while nothing is in doubt. */
  missingSince: number | undefined;
  readonly watches: Set<Watch>;
}

/** What a socket may know of those whom it watches. */
export interface Permission {
  /** Those of them whose presence this user may know. */
  granted: ReadonlySet<UserId>;
  /** When that was looked up; undefined before. */
  checkedAt: number | undefined;
  /** One who hides does not see others' last time either. */
  hides: boolean;
}

/** Whom one socket watches. */
export interface Watch extends Permission {
  readonly watcher: Watcher;
  readonly userIds: readonly UserId[];
}

/** Who is watched by which sockets of this node. */
export class WatchList {
  readonly #watched = new Map<UserId, Watched>();
  readonly #watches = new Map<Watcher, Watch>();

  get watchedIds(): Iterable<UserId> {
    return this.#watched.keys();
  }

  get(userId: UserId): Watched | undefined {
    return this.#watched.get(userId);
  }

  /** Whether the watch is still its socket's. */
  holds(watch: Watch): boolean {
    return this.#watches.get(watch.watcher) === watch;
  }

  watchesOf(userId: UserId): Watch[] {
    return [...this.#watches.values()].filter(({ watcher }) => watcher.userId === userId);
  }

  /** Puts a list in the place of the socket's earlier one. */
  replace(watcher: Watcher, userIds: readonly UserId[]): Watch {
    const old = this.#watches.get(watcher);
    const watch: Watch = { watcher, userIds, granted: new Set(), checkedAt: undefined, hides: true };
    this.#watches.set(watcher, watch);
    for (const userId of userIds) {
      const watched = this.#watched.get(userId) ?? unknownUser();
      watched.watches.add(watch);
      this.#watched.set(userId, watched);
    }
    // After that, so that what is known of those who are in both lists stays.
    if (old) this.#unlink(old);
    return watch;
  }

  remove(watcher: Watcher): void {
    const watch = this.#watches.get(watcher);
    this.#watches.delete(watcher);
    if (watch) this.#unlink(watch);
  }

  /** What this socket may know of a user; of whom it may know nothing, the same as of one who does not exist. */
  view(watch: Watch, userId: UserId): PresenceEvent {
    const watched = this.#watched.get(userId);
    if (!watched || !watch.granted.has(userId) || watched.record.hidden) return { userId, online: false };
    if (watched.online) return { userId, online: true };
    const { lastSeenAt } = watched.record;
    return { userId, online: false, ...(lastSeenAt !== undefined && !watch.hides && { lastSeenAt }) };
  }

  #unlink(watch: Watch): void {
    for (const userId of watch.userIds) {
      const watched = this.#watched.get(userId);
      watched?.watches.delete(watch);
      if (watched?.watches.size === 0) this.#watched.delete(userId);
    }
  }
}

function unknownUser(): Watched {
  return { online: false, record: { hidden: false }, missingSince: undefined, watches: new Set() };
}
