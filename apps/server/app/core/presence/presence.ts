import { type EpochMs, type UserId, type WatchResponse, watchRequest } from "@im-webapp/protocol";
import type { Bus } from "../delivery/ports.ts";
import { Batches } from "../shared/batches.ts";
import type { Clock } from "../shared/clock.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import { validate } from "../shared/validate.ts";
import type { OnlineRegistry, PresenceRecord, PresenceStore, Watcher } from "./ports.ts";
import { type Permission, type Watch, WatchList, type Watched } from "./watch-list.ts";

/** How long one who has lost the connection still counts as online, in milliseconds: a reconnect is no news to others. */
const GRACE_MS = 5_000;

/** Time between two looks at all who are watched here, in milliseconds: for the users of a node that was killed. */
const SWEEP_MS = 3_000;

/**
 * How old the permission to know of somebody may be when there is news of them, in milliseconds. One who has left the
 * last conversation with them hears of them for this long at most.
 */
const PERMISSION_MS = 60_000;

export interface PresenceOptions {
  registry: OnlineRegistry;
  store: PresenceStore;
  bus: Bus;
  clock: Clock;
  limit: CallLimit;
  onFault(error: unknown): void;
}

/** What there is to tell the other nodes of a user of this one. */
type News = { readonly kind: "arrived" | "settings" } | { readonly kind: "left"; readonly at: EpochMs };

/** Why a user is looked at: somebody said that they came or went, or changed a setting; or nobody did. */
type Reason = "word" | "settings" | "sweep";

const BY_WEIGHT: readonly Reason[] = ["sweep", "word", "settings"];

/**
 * Who is online, and who hears of it. The registry knows who is connected anywhere; the bus only says whom to look up
 * again, so that a lost message delays news until the next sweep and two that cross do no harm. Nothing here is on the
 * way of a message.
 */
export class Presence {
  readonly #options: PresenceOptions;
  /** Users of this node; with a timer, those who have left it a moment ago. */
  readonly #here = new Map<UserId, NodeJS.Timeout | undefined>();
  readonly #list = new WatchList();
  readonly #news: Batches<UserId, News>;
  readonly #looks: Batches<UserId, Reason>;
  readonly #permissions: Batches<Watch, true>;
  #sweep: NodeJS.Timeout | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
    const onFault = (error: unknown) => options.onFault(error);
    this.#news = new Batches((batch) => this.#announce(batch), onFault);
    this.#looks = new Batches(
      (batch) => this.#look(batch),
      onFault,
      (old, next) => (BY_WEIGHT.indexOf(old) > BY_WEIGHT.indexOf(next) ? old : next),
    );
    this.#permissions = new Batches((batch) => this.#renew(batch.keys()), onFault);
    options.bus.subscribe((message) => {
      if (message.kind === "presence") this.#hear(message.userIds, message.settings ? "settings" : "word");
    });
  }

  start(): void {
    this.#sweep = setInterval(() => this.#hear(this.#list.watchedIds, "sweep"), SWEEP_MS);
    this.#sweep.unref();
  }

  /** A user's first socket has come to this node. */
  arrived(userId: UserId): void {
    const timer = this.#here.get(userId);
    clearTimeout(timer);
    const isBack = timer !== undefined;
    this.#here.set(userId, undefined);
    if (!isBack) this.#news.note([[userId, { kind: "arrived" }]]);
  }

  /** A user's last socket has left this node; `ended`: with its session, so that it does not come back by itself. */
  left(userId: UserId, ended: boolean): void {
    if (!this.#here.has(userId)) return;
    const at = this.#options.clock();
    const leave = () => {
      this.#here.delete(userId);
      this.#news.note([[userId, { kind: "left", at }]]);
    };
    clearTimeout(this.#here.get(userId));
    if (ended) leave();
    else this.#here.set(userId, setTimeout(leave, GRACE_MS).unref());
  }

  /** A user has begun or ceased to hide. */
  settingsChanged(userId: UserId): void {
    this.#news.note([[userId, { kind: "settings" }]]);
  }

  /**
   * `presence:watch`: whom the socket hears of from now on, in place of its earlier list. Those with whom its user
   * shares no conversation look offline, as those do who hide or do not exist.
   *
   * @throws {ImError} `RATE_LIMITED`
   */
  async watch(watcher: Watcher, payload: unknown): Promise<WatchResponse> {
    const { userIds } = validate(watchRequest, payload);
    await requireBudget(this.#options.limit, watcher.userId);
    if (!watcher.isOpen) return { presence: userIds.map((userId) => ({ userId, online: false })) };
    // Before anything is read: of what happens meanwhile the socket hears.
    const watch = this.#list.replace(watcher, userIds);
    const looked = this.#looks.add(userIds.map((userId) => [userId, "settings"]));
    const [permission] = await Promise.all([this.#permission(watch), looked]);
    // Only now, so that the socket does not hear as news what the answer says.
    Object.assign(watch, permission);
    return { presence: userIds.map((userId) => this.#list.view(watch, userId)) };
  }

  /** The socket is closed. */
  forget(watcher: Watcher): void {
    this.#list.remove(watcher);
  }

  /** Notes the last time of those who are here; their clients will come to another node, or have gone. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    for (const timer of this.#here.values()) clearTimeout(timer);
    const { store, registry, clock } = this.#options;
    const users = [...this.#here.keys()];
    this.#here.clear();
    await this.#tolerate(store.seen(users, clock()));
    await registry.close();
  }

  async #announce(batch: ReadonlyMap<UserId, News>): Promise<void> {
    const { registry, store, bus, clock } = this.#options;
    const arrived: UserId[] = [];
    const left: UserId[] = [];
    let leftAt = 0;
    for (const [userId, news] of batch) {
      if (news.kind === "arrived") arrived.push(userId);
      else if (news.kind === "left") {
        left.push(userId);
        leftAt = Math.max(leftAt, news.at);
      }
    }
    await Promise.all([
      // What the others cannot hear now the registry tells them later.
      registry.change(arrived, left).catch(() => undefined),
      // On arrival, too: a node that is killed notes nothing.
      this.#tolerate(store.seen(arrived, clock())),
      this.#tolerate(store.seen(left, leftAt)),
    ]);
    const settings = [...batch].filter(([, { kind }]) => kind === "settings").map(([userId]) => userId);
    const moved = [...arrived, ...left];
    for (const [userIds, reason] of [
      [moved, "word"],
      [settings, "settings"],
    ] as const) {
      if (userIds.length === 0) continue;
      bus.publish({ kind: "presence", userIds, settings: reason === "settings" });
      this.#hear(userIds, reason);
    }
  }

  #tolerate(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => this.#options.onFault(error));
  }

  #hear(userIds: Iterable<UserId>, reason: Reason): void {
    const watched = [...userIds].filter((userId) => this.#list.get(userId));
    this.#looks.note(watched.map((userId) => [userId, reason]));
    if (reason !== "settings") return;
    this.#permissions.note(
      [...userIds].flatMap((userId) => this.#list.watchesOf(userId)).map((watch) => [watch, true]),
    );
  }

  async #look(batch: ReadonlyMap<UserId, Reason>): Promise<void> {
    const ids = [...batch.keys()].filter((userId) => this.#list.get(userId));
    if (ids.length === 0) return;
    const online = await this.#online(ids);
    const moved = ids.filter((userId) => {
      const watched = this.#list.get(userId);
      return watched && this.#isNews(watched, online(userId), batch.get(userId) ?? "sweep");
    });
    if (moved.length === 0) return;
    const records = await this.#options.store.records(moved);
    for (const userId of moved) this.#set(userId, online(userId), records.get(userId) ?? { hidden: false });
  }

  /**
   * Whether a user is to be shown anew. Missing without anybody's word is doubted for a moment: a Redis that was
   * restarted knows of nobody until every node has told it again.
   */
  #isNews(watched: Watched, online: boolean, reason: Reason): boolean {
    if (online || !watched.online || reason === "word") watched.missingSince = undefined;
    if (reason === "settings") return true;
    if (online === watched.online) return false;
    if (online || reason === "word") return true;
    watched.missingSince ??= performance.now();
    return performance.now() - watched.missingSince >= GRACE_MS;
  }

  /** Whether each is online; while the other nodes cannot be asked, as they were when last heard of. */
  async #online(userIds: readonly UserId[]): Promise<(userId: UserId) => boolean> {
    const found = await this.#options.registry.find(userIds).catch(() => undefined);
    return (userId) => this.#here.has(userId) || (found ? found.has(userId) : this.#list.get(userId)?.online === true);
  }

  #set(userId: UserId, online: boolean, record: PresenceRecord): void {
    const watched = this.#list.get(userId);
    if (!watched) return;
    const before = { online: watched.online && !watched.record.hidden, at: lastSeen(watched) };
    watched.online = online;
    watched.record = record;
    watched.missingSince = undefined;
    if (before.online === (online && !record.hidden) && before.at === lastSeen(watched)) return;
    const oldest = performance.now() - PERMISSION_MS;
    const stale: Watch[] = [];
    for (const watch of watched.watches) {
      // Whose list is being answered: the answer says it.
      if (watch.checkedAt === undefined) continue;
      if (watch.checkedAt < oldest) stale.push(watch);
      else if (watch.granted.has(userId)) watch.watcher.tell(this.#list.view(watch, userId));
    }
    this.#permissions.note(stale.map((watch) => [watch, true]));
  }

  /** Looks up anew what sockets may know, one after the other, and tells them of all of whom they may know. */
  async #renew(watches: Iterable<Watch>): Promise<void> {
    for (const watch of watches) {
      if (!this.#list.holds(watch)) continue;
      const before = watch.granted;
      Object.assign(watch, await this.#permission(watch));
      if (!this.#list.holds(watch)) continue;
      for (const userId of new Set([...before, ...watch.granted])) watch.watcher.tell(this.#list.view(watch, userId));
    }
  }

  /** What the socket may know, as of now. */
  async #permission({ watcher: { userId }, userIds }: Watch): Promise<Permission> {
    const { store } = this.#options;
    const [granted, records] = await Promise.all([store.sharing(userId, userIds), store.records([userId])]);
    return { granted, hides: records.get(userId)?.hidden ?? true, checkedAt: performance.now() };
  }
}

/** The last time that is shown: of none who is online or hides. */
function lastSeen({ online, record }: Watched): EpochMs | undefined {
  return online || record.hidden ? undefined : record.lastSeenAt;
}
