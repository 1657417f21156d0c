import type { ConversationId, Me, ReadyEvent, RevokedEvent, Seq, UserId } from "@im-webapp/protocol";
import type { AccountContext } from "./account-context.ts";
import { CacheKeeper } from "./cache/cache-keeper.ts";
import { connectionState, reachability } from "./connection-state.ts";
import { toImError } from "./errors.ts";
import { followDevice } from "./follow-device.ts";
import { HeldMessages } from "./messages/held-messages.ts";
import type { MessageActions } from "./messages/message-actions.ts";
import { prepareActions, remoteActions } from "./messages/remote-actions.ts";
import { keepAs, readTo } from "./outbox/keeping.ts";
import { newOutgoing } from "./outbox/outgoing.ts";
import { Unsent } from "./outbox/unsent.ts";
import { directWith, placeholderFor, placeholderPeer } from "./placeholder.ts";
import { storageQuota } from "./platform/storage-quota.ts";
import type { PeopleLists } from "./people/people-lists.ts";
import { LISTED, type PersonRecord } from "./people/person-record.ts";
import { Moment } from "./presence/moment.ts";
import type { Slices } from "./state/projector.ts";
import type { AccountSnapshot } from "./store/local-store.ts";
import { Acknowledger } from "./sync/acknowledger.ts";
import type { ConversationRecord } from "./sync/conversation-record.ts";
import { SyncEngine } from "./sync/sync-engine.ts";
import { type StoredChanges, TimelineStore } from "./sync/timeline-store.ts";
import { type Remote, remote } from "./remote/remote.ts";
import { Connection, revokedError } from "./transport/connection.ts";
import type { ConversationSettings, SendInput } from "./types.ts";
import { Directory } from "./users/directory.ts";
import { OwnAccount } from "./users/own-account.ts";
import { usersOfConversation } from "./users/mentioned-users.ts";
import { accountWindows } from "./windows/account-windows.ts";
import type { Windows } from "./windows/windows.ts";

/**
 * How long a push may take to show what the server has accepted, in milliseconds, before it is asked. It usually comes in
 * the same moment; one that was lost should not leave a message "sending" for a minute.
 */
const ENTRY_WAIT_MS = 1_000;

/** One signed-in user: the parts of the library that hold and move their data, wired to each other. */
export class Account {
  readonly store: AccountContext["store"];
  readonly unsent: Unsent;
  readonly windows: Windows;
  readonly directory: Directory;
  readonly own: OwnAccount;
  readonly messages: Remote<MessageActions>;
  /** Typing and presence. */
  readonly moment: Moment;
  readonly #context: AccountContext;
  readonly #timeline: TimelineStore;
  readonly #engine: SyncEngine;
  readonly #connection: Connection;
  readonly #acknowledger: Acknowledger;
  readonly #people: Remote<PeopleLists>;
  readonly #cache: CacheKeeper;
  #unsubscribe: (() => void) | undefined;

  constructor(context: AccountContext) {
    const { me, store, api, tabs, tasks, changed } = context;
    this.#context = context;
    this.store = store;
    this.#connection = new Connection(tabs.dial, {
      ready: (ready) => this.#connected(ready),
      push: ({ entries }) => this.#engine.receive(entries),
      groupPush: (push) => this.#engine.receiveGroup(push),
      typing: (event) => this.moment.heardTyping(event),
      presence: (event) => this.moment.heardPresence(event),
      lost: () => this.#disconnected(),
      signedOut: (error) => context.signedOut(error),
      changed: () => {
        this.#showReachability();
        changed();
      },
    });
    const { call } = this.#connection;
    this.#timeline = new TimelineStore({
      self: me.userId,
      store,
      stored: (changes) => this.#stored(changes),
      dropped: (what) => this.#dropped(what),
    });
    this.#engine = new SyncEngine({
      timeline: this.#timeline,
      call,
      tasks,
      changed: () => {
        if (this.#engine.caughtUp && !this.#timeline.people.has(LISTED)) this.#lookAtPeople();
        changed();
      },
      shown: () => this.windows.views.keys(),
      agreed: ({ limits }) => {
        if (tabs.leads) this.unsent.connected(limits);
      },
      stalled: (error) => this.#connection.restart(error),
      fault: context.fault,
    });
    this.moment = new Moment(me.userId, { call, tasks, changed });
    this.#acknowledger = new Acknowledger(call, tasks);
    this.directory = new Directory({ store, tasks, changed, lookup: (ids) => api.lookupUsers(ids) });
    this.own = new OwnAccount(me, this.directory, () => context.refreshMe());
    this.#people = remote(async () => {
      const { PeopleLists } = await import("./people/people-lists.ts");
      return new PeopleLists(this.#timeline, api, this.directory, (record) => this.expectPerson(record));
    });
    const held = new HeldMessages({
      store,
      views: () => this.windows.views,
      records: () => this.#timeline.conversations,
    });
    this.unsent = new Unsent({
      store,
      api,
      call,
      sendContact: (change) => this.#people.send(change),
      tasks,
      changed,
      stored: () => tabs.changedPending(),
      held,
      record: (id) => this.record(id),
      resolve: (id) => this.resolve(id),
      expect: (id, isMissing) => this.#expect(id, isMissing),
    });
    this.messages = remoteActions({ self: me.userId, call, held, unsent: this.unsent });
    this.#cache = new CacheKeeper({
      store,
      tasks,
      bounds: context.cache,
      quota: storageQuota,
      isKept: (id) => this.windows.has(id) || this.record(id)?.conversation.pinned === true,
    });
    this.windows = accountWindows({
      store,
      tasks,
      call,
      timeline: this.#timeline,
      directory: this.directory,
      unsent: this.unsent,
      cached: ({ length }) => this.#cache.grew(length),
      changed,
    });
  }

  get me(): Me {
    return this.own.me;
  }

  /** All that is held of the account but its messages. */
  get held(): AccountSnapshot {
    const { position, conversations, people } = this.#timeline;
    return {
      position,
      conversations: [...conversations.values()],
      ...this.unsent.snapshot,
      users: [...this.directory.users.values()],
      people: [...people.values()],
    };
  }

  /** Reads what the store has; with it, everything can be shown without any network. */
  async restore(): Promise<void> {
    const snapshot = await this.#context.store.load();
    this.#timeline.restore(snapshot);
    this.directory.restore([...snapshot.users, this.me]);
    this.unsent.restore(snapshot);
    this.#follow(this.#timeline.conversations);
    this.windows.start();
    this.#cache.start();
  }

  /** Connects and stays connected. */
  connect(token: string): void {
    const { signals, tabs, changed } = this.#context;
    tabs.listen({
      redial: () => this.#connection.reconnectNow(),
      redialIfDue: () => this.#connection.reconnectIfDue(),
      pending: () => this.unsent.refresh(),
      ended: (reason) => this.#ended(reason),
    });
    // What another tab has stored since this one has read the store.
    this.unsent.refresh();
    this.#unsubscribe = followDevice({
      signals,
      connection: this.#connection,
      engine: this.#engine,
      reconnectNow: () => this.reconnectNow(),
      changed,
    });
    this.#connection.start(token);
  }

  /** Skips the wait before the next attempt to connect. */
  reconnectNow(): void {
    this.#context.tabs.hurry();
    this.#connection.reconnectNow();
  }

  /** Ends all activity; what is stored stays. The owner waits for `tasks` before it closes the store. */
  stop(): void {
    this.#unsubscribe?.();
    this.#connection.stop();
    this.#disconnected();
    this.windows.stop();
    this.#cache.stop();
    this.directory.stop();
  }

  /** The user writes, or has stopped; only where the server can tell it to others. */
  setTyping(conversationId: ConversationId, typing: boolean): void {
    const conversation = this.record(this.resolve(conversationId))?.conversation;
    if (conversation) this.moment.setTyping(conversation, typing);
  }

  /** Queues a message; gives its `clientMessageId` once it is stored and shown. Fails only where it cannot be stored. */
  async send(input: SendInput): Promise<string> {
    const id = this.resolve(input.conversationId);
    const record = newOutgoing({ ...input, conversationId: id });
    try {
      await this.unsent.messages.add(record);
    } catch (error) {
      throw toImError(error);
    }
    this.setTyping(id, false);
    return record.clientMessageId;
  }

  /** Moves the read position forward, at most to the newest message known. */
  async markRead(conversationId: ConversationId, seq: Seq): Promise<void> {
    await readTo(this.unsent, this.record(this.resolve(conversationId)), seq);
  }

  /** Queues another way of keeping a conversation; settles as `ChangeQueue.add` says. */
  async setConversation(conversationId: ConversationId, settings: ConversationSettings): Promise<void> {
    await keepAs(this.unsent, this.record(this.resolve(conversationId)), settings);
  }

  /** Asks for what the server has just said to have done, should its entry not come by itself. */
  expectConversation(conversationId: ConversationId): void {
    this.#expect(conversationId, () => this.record(conversationId) === undefined);
  }

  /** The same for what has become of a contact or an application. */
  expectPerson(record: PersonRecord): void {
    this.#expect("", () => JSON.stringify(this.#timeline.people.get(record.key)) !== JSON.stringify(record));
  }

  record(conversationId: ConversationId): ConversationRecord | undefined {
    return this.#timeline.conversations.get(conversationId);
  }

  /** The direct conversation with a user, or its placeholder while there is none. */
  directWith(userId: UserId): ConversationId {
    return directWith(this.#timeline.conversations, userId);
  }

  /** The conversation that a placeholder stands for by now; any other id as it is. */
  resolve(conversationId: ConversationId): ConversationId {
    const peer = placeholderPeer(conversationId);
    return peer === undefined ? conversationId : this.directWith(peer);
  }

  get slices(): Omit<Slices, "loaded" | "storage"> {
    const { me, limits } = this.own;
    return {
      me,
      limits,
      connection: connectionState(this.#connection.status, this.#engine.caughtUp, this.#context.signals.online()),
      records: this.#timeline.conversations,
      people: this.#timeline.people,
      ...this.unsent.slices,
      users: this.directory.users,
      windows: this.windows.views,
      ...this.moment.slices,
    };
  }

  #lookAtPeople(): void {
    // What fails is done with the next connection, or the next change.
    this.#context.tasks.run(() => this.#people.look(this.#engine.caughtUp).catch(() => undefined));
  }

  #ended(reason: RevokedEvent["reason"]): void {
    this.#connection.stop();
    this.#context.signedOut(revokedError({ reason }));
  }

  #connected(ready: ReadyEvent): void {
    this.#engine.connected(ready);
    this.directory.connected();
    this.own.connected(ready);
    this.moment.connected();
    prepareActions();
  }

  #disconnected(): void {
    this.#engine.disconnected();
    this.unsent.disconnected();
    this.moment.disconnected();
    this.#acknowledger.stop();
  }

  #stored(changes: StoredChanges): void {
    const { conversations } = changes;
    this.unsent.arrived(changes);
    this.#follow(conversations);
    for (const id of changes.dropped) this.windows.reset(id);
    this.windows.apply(changes);
    this.unsent.shown([...changes.messages, ...changes.updates]);
    const moved = [...conversations.values()].map(({ conversation }) => conversation);
    this.moment.arrived(changes.messages, moved);
    this.#showReachability();
    this.directory.restore(changes.users);
    this.own.arrived(changes.users);
    if (changes.people.length > 0) this.#lookAtPeople();
    this.#engine.moved(conversations);
    this.#cache.grew(changes.messages.length);
    const { cursor } = this.#timeline.position;
    if (cursor !== null && this.#connection.status.phase === "ready") {
      this.#acknowledger.stored(cursor, conversations.values());
    }
    this.#context.changed();
  }

  /** Windows ask the server only while there is a timeline that brings what changes after the answer. */
  #showReachability(): void {
    const reached = reachability(this.#connection.status);
    const follows = reached !== "online" || this.#timeline.position.cursor !== null;
    this.windows.reachable(follows ? reached : "pending");
  }

  /** Lets what is local follow conversations that are new or have moved on. */
  #follow(records: ReadonlyMap<ConversationId, ConversationRecord>): void {
    for (const [id, { conversation }] of records) {
      if (conversation.type !== "direct" || conversation.peerId === undefined) continue;
      this.windows.move(placeholderFor(conversation.peerId), id);
    }
    this.unsent.follow(records);
    this.directory.want([...records.values()].flatMap(usersOfConversation));
  }

  #dropped(what: "all" | "cache"): void {
    this.unsent.dropped(what);
    this.directory.reset([this.me]);
    this.own.changed();
    this.#showReachability();
    this.windows.reset();
  }

  #expect(conversationId: ConversationId, isMissing: () => boolean): void {
    this.#engine.expect(conversationId, ENTRY_WAIT_MS, isMissing);
  }
}
