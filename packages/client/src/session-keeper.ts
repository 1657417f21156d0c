import type { LoginRequest, Me, RegisterRequest, SessionResponse, UserId, WireError } from "@im-webapp/protocol";
import { Account } from "./account.ts";
import { Serial } from "./async/serial.ts";
import { sleep } from "./async/sleep.ts";
import { TaskGroup } from "./async/task-group.ts";
import type { CacheBounds } from "./cache/bounds.ts";
import { notSignedIn } from "./errors.ts";
import { reportFault } from "./platform/report-fault.ts";
import type { Signals } from "./platform/signals.ts";
import type { AccountStore, LocalStore, StoredSession } from "./store/local-store.ts";
import { MemoryStore } from "./store/memory-store.ts";
import { openStore } from "./store/open-store.ts";
import { ResilientAccountStore } from "./store/resilient-account-store.ts";
import { joinTabs } from "./tabs/join-tabs.ts";
import { alone } from "./tabs/tabs.ts";
import type { Tabs } from "./tabs/tabs.ts";
import type { Api } from "./transport/api.ts";
import type { Dial } from "./transport/link.ts";
import type { StorageState } from "./types.ts";

export interface SessionKeeperContext {
  /** Of the server; keeps the caches of several apart. */
  readonly origin: string;
  readonly deviceName: string;
  /** In place of the platform's best. */
  readonly store: LocalStore | undefined;
  readonly cache: CacheBounds;
  readonly api: Api;
  readonly dial: Dial;
  readonly signals: Signals;
  /** An account has been restored and is about to connect. */
  readonly entered: (account: Account) => void;
  readonly changed: () => void;
}

interface Entered {
  readonly session: StoredSession;
  readonly account: Account;
  readonly store: ResilientAccountStore;
  readonly tabs: Tabs;
  readonly tasks: TaskGroup;
}

/** Why a session ended in such a way that what it left on the device has to go as well. */
const WIPING_REASONS: readonly unknown[] = ["logout", "revoked"];

/**
 * How long a tab whose session was replaced waits for the tab that did it to store the new one, in milliseconds: the
 * server ends the old session before it answers the sign-in.
 */
const REPLACEMENT_WAIT_MS = 3_000;

/** Pause between two looks for it, in milliseconds. */
const REPLACEMENT_POLL_MS = 100;

/** Which user this device is signed in as: begins, resumes and ends sessions, one step at a time. */
export class SessionKeeper {
  readonly #context: SessionKeeperContext;
  readonly #steps = new Serial();
  readonly #asks = new Serial();
  /** Steps that nobody waits for; apart from an account's tasks, whose end they wait for. */
  readonly #endings = new TaskGroup(reportFault);
  readonly #closing = new AbortController();
  #store: LocalStore | null = null;
  /** Of what belongs to the device; an account may fare worse. */
  #storage: StorageState = "persistent";
  #entered: Entered | null = null;
  #loaded = false;
  #ended: WireError | undefined;

  constructor(context: SessionKeeperContext) {
    this.#context = context;
  }

  get account(): Account | null {
    return this.#entered?.account ?? null;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get storage(): StorageState {
    const account = this.#entered?.store.state ?? "persistent";
    return account === "persistent" ? this.#storage : account;
  }

  /** Why the last session ended, if not by `logout`. */
  get ended(): WireError | undefined {
    return this.#ended;
  }

  /** Resumes the stored session, if there is one. */
  start(): Promise<void> {
    return this.#steps.run(async () => {
      const session = await this.#storedSession();
      if (session && !this.#entered) await this.#enter(session);
      this.#nowLoaded();
    });
  }

  register(request: Omit<RegisterRequest, "device">): Promise<Me> {
    return this.signIn((device) => this.#context.api.register({ ...request, device }));
  }

  login(request: Omit<LoginRequest, "device">): Promise<Me> {
    return this.signIn((device) => this.#context.api.login({ ...request, device }));
  }

  /** Makes a session of this device with what `ask` answers for it. */
  signIn(ask: (device: { deviceId: string; name: string }) => Promise<SessionResponse>): Promise<Me> {
    return this.#steps.run(async () => {
      const store = await this.#open();
      const { user, token, expiresAt } = await ask({
        deviceId: await store.deviceId(),
        name: this.#context.deviceName,
      });
      const session: StoredSession = { token, expiresAt, me: user };
      await store.saveSession(session);
      // This device is signed in as one user, in all its tabs.
      this.#entered?.tabs.ended("replaced");
      if (this.#entered) await this.#leave(this.#entered);
      await this.#enter(session);
      this.#nowLoaded();
      return user;
    });
  }

  /** Ends the session, on the server as far as it can be reached, and erases what this device has of the account. */
  logout(): Promise<void> {
    return this.#steps.run(async () => {
      const entered = this.#entered;
      if (!entered) return;
      entered.account.stop();
      entered.tabs.ended("logout");
      // Offline the token lives on at the server until it expires; it is known to nobody any more.
      await this.#context.api.logout(entered.session.token).catch(() => undefined);
      await this.#leave(entered);
      await this.#forget(entered.session, true);
      this.#signedOut();
    });
  }

  /** Asks for the signed-in user, shows the answer and keeps it for the next start. */
  async keepMe(ask: () => Promise<Me>): Promise<Me> {
    const entered = this.#entered;
    if (!entered) throw notSignedIn();
    // In turns, so that a late answer does not take the place of a newer one.
    const me = await this.#asks.run(ask);
    return this.#steps.run(async () => {
      if (this.#entered !== entered) return me;
      entered.account.own.use(me);
      const { token } = entered.session;
      // Another tab may have signed somebody in meanwhile.
      if ((await this.#store?.loadSession())?.token === token)
        await this.#store?.saveSession({ ...entered.session, me });
      this.#context.changed();
      return me;
    });
  }

  /** The server no longer takes the session, as a call has shown. */
  refused(error: WireError): void {
    if (this.#entered) this.#end(this.#entered.session, error);
  }

  /** Ends all activity and releases the store; the session stays for the next `start`. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#steps.run(async () => {
      if (this.#entered) await this.#leave(this.#entered);
      this.#signedOut();
      await this.#store?.close();
      this.#store = null;
    });
    await this.#endings.idle();
  }

  async #enter(session: StoredSession): Promise<void> {
    this.#context.api.useToken(session.token);
    this.#ended = undefined;
    // An account that fails is of the opened store's making; memory cannot.
    const entered =
      (await this.#restored(session, await this.#openAccount(session.me.userId))) ??
      (await this.#restored(session, await this.#memoryInstead(session.me.userId, "memory")));
    if (!entered) throw new Error("An account in memory could not be read");
    this.#entered = entered;
    this.#context.entered(entered.account);
    entered.account.connect(session.token);
    entered.store.prepare();
    this.#context.changed();
  }

  /** The account as its store has it; null, and the fault reported, where the store cannot be read. */
  async #restored(session: StoredSession, opened: AccountStore): Promise<Entered | null> {
    const { api, cache, signals, changed } = this.#context;
    const tasks = new TaskGroup(reportFault);
    const tabs = await this.#join(session, opened);
    const store = new ResilientAccountStore(opened, {
      reopen: () => this.#reopen(session),
      held: () => account.held,
      filled: () => tabs.changedPending(),
      changed: () => {
        // What this tab has to send would be seen by no other.
        if (!store.shared) tabs.standAlone();
        changed();
      },
      fault: reportFault,
    });
    const account: Account = new Account({
      me: session.me,
      store,
      cache,
      api,
      tabs,
      signals,
      tasks,
      changed,
      // Not a task of the account: the answer takes a step, and the account's end would wait for it within one.
      refreshMe: () => this.#endings.run(() => this.keepMe(() => api.me()).then(ignore, ignore)),
      signedOut: (error) => this.#end(session, error),
      fault: reportFault,
    });
    try {
      await account.restore();
      return { session, account, store, tabs, tasks };
    } catch (error) {
      reportFault(error);
      tabs.leave();
      return null;
    }
  }

  /** The account's store, opened anew; null once another tab has ended the session and erased it. */
  async #reopen(session: StoredSession): Promise<AccountStore | null> {
    const store = await this.#open();
    const stored = await store.loadSession();
    return stored?.token === session.token ? store.openAccount(session.me.userId) : null;
  }

  /** The other tabs of this session, where they share the store. */
  async #join({ me, token }: StoredSession, store: AccountStore): Promise<Tabs> {
    const { origin, dial } = this.#context;
    return store.shared ? joinTabs({ origin, userId: me.userId, token }, dial) : alone(dial);
  }

  /** Ends all activity of an account. It is still shown, so that nothing flashes before the next step is known. */
  async #leave({ account, store, tabs, tasks }: Entered): Promise<void> {
    this.#context.api.useToken(null);
    account.stop();
    tabs.leave();
    await tasks.idle();
    await store.close();
  }

  #signedOut(error?: WireError): void {
    this.#entered = null;
    this.#ended = error;
    this.#context.changed();
  }

  #end(session: StoredSession, error: WireError): void {
    this.#endings.run(() =>
      this.#steps.run(async () => {
        const entered = this.#entered;
        if (entered?.session !== session) return;
        await this.#leave(entered);
        const reason = error.details?.["reason"];
        const next = reason === "replaced" ? await this.#replacement(session) : null;
        if (next) {
          await this.#enter(next);
          return;
        }
        await this.#forget(session, WIPING_REASONS.includes(reason));
        this.#signedOut(error);
      }),
    );
  }

  /** The session that another tab has put in place of one that both had, by signing the same user in again. */
  async #replacement({ token, me }: StoredSession): Promise<StoredSession | null> {
    for (let waited = 0; this.#store && waited < REPLACEMENT_WAIT_MS; waited += REPLACEMENT_POLL_MS) {
      const stored = await this.#store.loadSession();
      if (stored && stored.token !== token) return stored.me.userId === me.userId ? stored : null;
      await sleep(REPLACEMENT_POLL_MS, this.#closing.signal);
      if (this.#closing.signal.aborted) return null;
    }
    return null;
  }

  /** Forgets a session that has ended, unless another has taken its place in the store. */
  async #forget({ token, me }: StoredSession, wipe: boolean): Promise<void> {
    const store = this.#store;
    if (!store) return;
    const stored = await store.loadSession();
    if (stored?.token === token) await store.saveSession(null);
    else if (stored?.me.userId === me.userId) return;
    if (wipe) await store.removeAccount(me.userId);
  }

  /** The session to resume; none, and memory from here on, where the store turns out to be broken. */
  async #storedSession(): Promise<StoredSession | null> {
    const store = await this.#open();
    try {
      return await store.loadSession();
    } catch (error) {
      reportFault(error);
      this.#store = new MemoryStore();
      this.#storage = "memory";
      return null;
    }
  }

  async #open(): Promise<LocalStore> {
    if (!this.#store) {
      this.#store = this.#context.store ?? (await openStore(this.#context.origin));
      this.#storage = this.#store.kind;
    }
    return this.#store;
  }

  async #openAccount(userId: UserId): Promise<AccountStore> {
    const store = await this.#open();
    this.#storage = store.kind;
    try {
      return await store.openAccount(userId);
    } catch (error) {
      reportFault(error);
      const { stateAfter } = await import("./store/store-recovery.ts");
      return this.#memoryInstead(userId, stateAfter(error));
    }
  }

  /** Where the account's database is broken, chatting without a cache is better than not at all. */
  async #memoryInstead(userId: UserId, storage: StorageState): Promise<AccountStore> {
    this.#storage = storage;
    return new MemoryStore().openAccount(userId);
  }

  #nowLoaded(): void {
    this.#loaded = true;
    this.#context.changed();
  }
}

/** A refresh that fails is tried again with the next connection. */
const ignore = (): void => undefined;
