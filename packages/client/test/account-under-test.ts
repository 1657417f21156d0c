import type { Content, SendableContent, UserId, WireError } from "@im-webapp/protocol";
import { Account } from "../src/account.ts";
import { TaskGroup } from "../src/async/task-group.ts";
import { cacheBounds } from "../src/cache/bounds.ts";
import type { CacheBounds } from "../src/cache/bounds.ts";
import { Projector } from "../src/state/projector.ts";
import type { SignalEvents } from "../src/platform/signals.ts";
import type { AccountStore } from "../src/store/local-store.ts";
import type { Api } from "../src/transport/api.ts";
import { alone } from "../src/tabs/tabs.ts";
import type { Tabs } from "../src/tabs/tabs.ts";
import type { ClientState } from "../src/types.ts";
import { makeUser, memoryAccount } from "./builders.ts";
import type { FakeServer } from "./fake-server.ts";
// Loaded beforehand, for the clock of tests does not wait for files.
import "../src/messages/message-actions.ts";
import "../src/outbox/uploads.ts";
import "../src/presence/live-moment.ts";
import "../src/sync/load-list.ts";
import "../src/sync/read-conversation.ts";

/** An account of a `FakeServer` with its state, as the client library shows it. */
export class AccountUnderTest {
  readonly account: Account;
  readonly store: AccountStore;
  /** Faults that reached the platform; expected to stay empty. */
  readonly faults: unknown[] = [];
  readonly lookups: UserId[][] = [];
  /** How often the signed-in user was asked for anew. */
  refreshes = 0;
  signedOut: WireError | undefined;
  /** Whether the device says that it has a network. */
  deviceOnline = true;
  readonly userId: UserId;
  readonly #tasks = new TaskGroup((error) => this.faults.push(error));
  readonly #projector = new Projector();
  #signals: SignalEvents | undefined;

  private constructor(userId: UserId, store: AccountStore, tabs: Tabs, cache?: Partial<CacheBounds>) {
    this.userId = userId;
    this.store = store;
    this.account = new Account({
      me: makeUser(userId),
      store,
      cache: cacheBounds(cache),
      api: {
        origin: "http://im.test",
        token: "token",
        lookupUsers: async (userIds) => {
          this.lookups.push([...userIds]);
          return { users: userIds.map((id) => makeUser(id)), more: false };
        },
        send: (async () => ({ contacts: [], applications: [], more: false })) as Api["send"],
      },
      tabs,
      signals: {
        online: () => this.deviceOnline,
        subscribe: (events) => {
          this.#signals = events;
          return () => undefined;
        },
      },
      tasks: this.#tasks,
      changed: () => undefined,
      refreshMe: () => {
        this.refreshes += 1;
      },
      signedOut: (error) => {
        this.signedOut = error;
      },
      fault: (error) => this.faults.push(error),
    });
  }

  /** Restored from `store` (default: an empty one) and not connected. */
  static async restore(
    server: FakeServer,
    userId: UserId,
    store?: AccountStore,
    cache?: Partial<CacheBounds>,
    tabs: Tabs = alone(server.dial),
  ): Promise<AccountUnderTest> {
    const made = new AccountUnderTest(userId, store ?? (await memoryAccount()), tabs, cache);
    await made.account.restore();
    return made;
  }

  get state(): ClientState {
    return this.#projector.project({ loaded: true, storage: "memory", ...this.account.slices });
  }

  /** The texts of a window, those still to be sent in brackets. */
  texts(conversationId: string): string[] {
    const window = this.state.windows.get(conversationId);
    const text = (content: Content | SendableContent): string =>
      content.kind === "text" ? content.text : content.kind;
    return [
      ...(window?.messages.map(({ content }) => text(content)) ?? []),
      ...(window?.outgoing.map(({ content }) => `[${text(content)}]`) ?? []),
    ];
  }

  async send(conversationId: string, text: string): Promise<string> {
    return this.account.send({ conversationId, content: { kind: "text", text } });
  }

  focus(): void {
    this.#signals?.focused();
  }

  wake(): void {
    this.#signals?.woke();
  }

  network(online: boolean): void {
    this.deviceOnline = online;
    this.#signals?.networkChanged();
  }

  async stop(): Promise<void> {
    this.account.stop();
    await this.#tasks.idle();
  }
}
