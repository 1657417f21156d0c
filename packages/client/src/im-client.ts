import type {
  ConversationId,
  EpochMs,
  LoginRequest,
  Me,
  Message,
  ReceiptsResponse,
  RegisterRequest,
  Seq,
  UserId,
  UsersResponse,
} from "@im-webapp/protocol";
import type { Account } from "./account.ts";
import { type CacheBounds, cacheBounds } from "./cache/bounds.ts";
import { notSignedIn } from "./errors.ts";
import { deviceSignals } from "./platform/signals.ts";
import { reportFault } from "./platform/report-fault.ts";
import { WatchedUsers } from "./presence/watched-users.ts";
import { SessionKeeper } from "./session-keeper.ts";
import { Projector } from "./state/projector.ts";
import type { Slices } from "./state/projector.ts";
import { SnapshotStore } from "./state/snapshot-store.ts";
import { remote } from "./remote/remote.ts";
import type { RemoteContext } from "./remote/remote.ts";
import type { AccountCalls } from "./remote/account.ts";
import type { ContactCalls } from "./remote/contacts.ts";
import type { FileCalls } from "./remote/files.ts";
import type { GroupCalls } from "./remote/groups.ts";
import type { JoiningCalls } from "./remote/joining.ts";
import type { MarkCalls } from "./remote/marks.ts";
import type { MailCalls, PushCalls } from "./remote/reaching.ts";
import type { SearchCalls } from "./remote/search.ts";
import type { SecurityCalls } from "./remote/security.ts";
import type { LocalStore } from "./store/local-store.ts";
import { Api } from "./transport/api.ts";
import { rest } from "./transport/rest.ts";
import { socketDialer } from "./transport/socket.ts";
import type { ClientState, ConversationSettings, SendFileInput, SendInput } from "./types.ts";

/** What a client is made of. */
export interface ImClientOptions {
  /** The server; only its origin counts. */
  url: string;
  /** What the user's list of devices calls this one, 1–64 characters. */
  deviceName: string;
  /** Default: IndexedDB where it works, else memory. */
  store?: LocalStore;
  /**
   * How many messages, and how many bytes of them, are cached at most; more is read from the server again when somebody
   * scrolls there. Default: 200,000 messages and 200 MB; in browsers also at most half of what the browser grants.
   * `RangeError` for a bound that is not above 0.
   */
  cache?: Partial<CacheBounds>;
}

/**
 * A client of one server, for one user at a time: keeps a local copy of their conversations complete, shows it as one
 * immutable state, and takes messages to the server in order, exactly once, whatever the network does.
 *
 * Methods that need the server reject with an `ImError`; those that say "local" work without any network. All but
 * `start`, `register`, `login`, `subscribe`, `select`, the windows and `close` need a signed-in user, and reject with
 * `UNAUTHENTICATED` where there is none.
 */
export class ImClient {
  /** One's own profile and settings, and others' profiles. */
  readonly account = remote<AccountCalls>(
    async () => new (await import("./remote/account.ts")).AccountCalls(this.#remote),
  );
  /** What is pinned and starred, and what edited messages said before. */
  readonly marks = remote<MarkCalls>(async () => new (await import("./remote/marks.ts")).MarkCalls(this.#remote));
  /** Finding messages, on the server or else on this device. */
  readonly search = remote<SearchCalls>(async () => new (await import("./remote/search.ts")).SearchCalls(this.#remote));
  /** Groups and who is in them. */
  readonly groups = remote<GroupCalls>(async () => new (await import("./remote/groups.ts")).GroupCalls(this.#remote));
  /** Coming into groups: links, and asking to join. */
  readonly joining = remote<JoiningCalls>(
    async () => new (await import("./remote/joining.ts")).JoiningCalls(this.#remote),
  );
  /** Mails about what waits, after a long time away. */
  readonly mail = remote<MailCalls>(async () => new (await import("./remote/reaching.ts")).MailCalls(this.#remote));
  /** Notifications while the program does not run. */
  readonly push = remote<PushCalls>(async () => new (await import("./remote/reaching.ts")).PushCalls(this.#remote));
  /** The safety of one's own account: devices, password, two-factor, other ways to sign in, export and deletion. */
  readonly security = remote<SecurityCalls>(
    async () =>
      new (await import("./remote/security.ts")).SecurityCalls({
        ...this.#remote,
        ask: (request) => rest(this.#origin, request),
        signIn: (ask) => this.#keeper.signIn(ask),
      }),
  );
  /** Files that messages carry. */
  readonly files = remote<FileCalls>(async () => new (await import("./remote/files.ts")).FileCalls(this.#remote));
  readonly #origin: string;
  /** Contacts, applications to be one, and blocks; what they change is in the state. */
  readonly contacts = remote<ContactCalls>(
    async () => new (await import("./remote/contacts.ts")).ContactCalls(this.#remote),
  );
  readonly #api: Api;
  readonly #keeper: SessionKeeper;
  readonly #projector = new Projector();
  readonly #snapshots: SnapshotStore<ClientState>;
  /** How often each conversation is open, kept here because it may be opened before the account is there. */
  readonly #opened = new Map<ConversationId, number>();
  readonly #watched = new WatchedUsers(() => this.#keeper.account?.moment.listChanged());

  /**
   * Opens and connects nothing yet: `start` does.
   *
   * @throws {TypeError} for a `url` that is none
   * @throws {RangeError} for a bound of `cache` that is not above 0
   */
  constructor({ url, deviceName, store, cache }: ImClientOptions) {
    const { origin } = new URL(url);
    this.#origin = origin;
    this.#api = new Api(origin, (error) => this.#keeper.refused(error.toWire()));
    this.#keeper = new SessionKeeper({
      origin,
      deviceName,
      store,
      cache: cacheBounds(cache),
      api: this.#api,
      dial: socketDialer(origin),
      signals: deviceSignals(),
      entered: (account) => {
        account.moment.follow(this.#watched);
        for (const [id, count] of this.#opened) {
          for (let opened = 0; opened < count; opened += 1) account.windows.open(account.resolve(id));
        }
      },
      changed: () => this.#snapshots.invalidate(),
    });
    this.#snapshots = new SnapshotStore(() => this.#projector.project(this.#slices()), reportFault);
  }

  /** Reads the local cache, then connects if a session is stored. Never rejects for want of a network. */
  start(): Promise<void> {
    return this.#keeper.start();
  }

  /**
   * Creates a user and signs in as them. `CONFLICT` when the name or the phone number is taken (`details` says which),
   * `BAD_REQUEST` for what is malformed: a password has 6–128 characters.
   */
  register(request: Omit<RegisterRequest, "device">): Promise<Me> {
    return this.#keeper.register(request);
  }

  /**
   * Signs in; `username` may be a phone number. A session of another user on this device ends here. `UNAUTHENTICATED`
   * for a wrong name and for a wrong password alike; with `details.totp` "required" or "wrong" after a right one, where the
   * account has two-factor: then with `totp`, a code of the authenticator app or a recovery code.
   */
  login(request: Omit<LoginRequest, "device">): Promise<Me> {
    return this.#keeper.login(request);
  }

  /** Ends the session (on the server too, if it can be reached) and erases this account's data on the device. */
  logout(): Promise<void> {
    return this.#keeper.logout();
  }

  /** Ends connection, timers and access to the store; the session stays for the next start of the program. */
  close(): Promise<void> {
    return this.#keeper.close();
  }

  /** The state as of now; the same object while nothing changes. */
  getState(): ClientState {
    return this.#snapshots.get();
  }

  /** Calls `listener` after changes, at most once per turn of the event loop. Returns the end of it. */
  subscribe(listener: () => void): () => void {
    return this.#snapshots.subscribe(listener);
  }

  /** Calls `listener` with the selected value whenever it differs, by `equal`, from before. Returns the end of it. */
  select<T>(
    selector: (state: ClientState) => T,
    listener: (value: T) => void,
    equal: (a: T, b: T) => boolean = Object.is,
  ): () => void {
    return this.#snapshots.select(selector, listener, equal);
  }

  /** Skips the wait before the next attempt to connect. */
  reconnectNow(): void {
    this.#keeper.account?.reconnectNow();
  }

  /** Local. Keeps `state.windows` filled for a conversation, cache first; close it as often as it was opened. */
  openConversation(conversationId: ConversationId): void {
    this.#opened.set(conversationId, (this.#opened.get(conversationId) ?? 0) + 1);
    const { account } = this.#keeper;
    account?.windows.open(account.resolve(conversationId));
  }

  /** Ends one `openConversation`, by the id used then or by what `resolveConversationId` makes of it. */
  closeConversation(conversationId: ConversationId): void {
    const id = this.resolveConversationId(conversationId);
    const key = [conversationId, ...this.#opened.keys()].find(
      (opened) => this.#opened.has(opened) && this.resolveConversationId(opened) === id,
    );
    if (key === undefined) return;
    const count = this.#opened.get(key) ?? 0;
    if (count > 1) this.#opened.set(key, count - 1);
    else this.#opened.delete(key);
    this.#keeper.account?.windows.close(id);
  }

  /** Loads one page of earlier messages; resolves when done. A failure is in the window's `error`. */
  async loadBefore(conversationId: ConversationId): Promise<void> {
    const account = this.#account();
    await account.windows.loadBefore(account.resolve(conversationId));
  }

  /** Loads one page of newer messages into a window that is not at the end, as `loadBefore`; at the end it goes on live. */
  async loadAfter(conversationId: ConversationId): Promise<void> {
    const account = this.#account();
    await account.windows.loadAfter(account.resolve(conversationId));
  }

  /**
   * Moves the window of an open conversation to the page around a message, from the cache where that has it without a
   * hole; resolves when done. A failure is in the window's `error`: `NOT_FOUND` where no message is that the caller may
   * read.
   */
  async showAround(conversationId: ConversationId, seq: Seq): Promise<void> {
    const account = this.#account();
    await account.windows.showAround(account.resolve(conversationId), seq);
  }

  /** Moves the window of an open conversation back to the newest messages; resolves when done, as `loadBefore`. */
  async showNewest(conversationId: ConversationId): Promise<void> {
    const account = this.#account();
    await account.windows.showNewest(account.resolve(conversationId));
  }

  /**
   * Local. The direct conversation with a user, or a placeholder for it that takes messages at once; when the first one
   * has made the real conversation, all that belongs to the placeholder moves there, see `resolveConversationId`.
   */
  async openDirect(userId: UserId): Promise<ConversationId> {
    const account = this.#account();
    account.directory.want([userId]);
    return account.directWith(userId);
  }

  /** Local. The conversation that a placeholder of `openDirect` has become; any other id as it is. */
  resolveConversationId(conversationId: ConversationId): ConversationId {
    return this.#keeper.account?.resolve(conversationId) ?? conversationId;
  }

  /** Local. Stores a message to be sent; resolves with its `clientMessageId` once the state shows it. */
  async send(input: SendInput): Promise<string> {
    return this.#account().send(input);
  }

  /**
   * Local. Stores a file and the message that carries it; resolves with its `clientMessageId` once the state shows it. The
   * file is uploaded when it can be, on from where it was after any break, and the message sent after it: text that is
   * written meanwhile passes it, other files do not. Fails (in the state) with `TOO_LARGE`, with `BAD_REQUEST` for a file
   * that is not what `as` says, and with `NOT_FOUND` for one that this device has lost.
   */
  async sendFile(input: SendFileInput): Promise<string> {
    const account = this.#account();
    return account.unsent.uploads.send({ ...input, conversationId: account.resolve(input.conversationId) });
  }

  /** Local. Stops the upload of a file, and lets those behind it pass; does nothing once it is done. */
  async pauseUpload(clientMessageId: string): Promise<void> {
    await this.#account().unsent.uploads.pause(clientMessageId, true);
  }

  /** Local. Goes on with an upload that was paused. */
  async resumeUpload(clientMessageId: string): Promise<void> {
    await this.#account().unsent.uploads.pause(clientMessageId, false);
  }

  /** Local. Puts a failed message to the end of the queue; does nothing with any other. */
  async resend(clientMessageId: string): Promise<void> {
    await this.#account().unsent.messages.resend(clientMessageId);
  }

  /**
   * Local. Gives a message of text that waits, fails or is under way a new text. The server gets it in place of the
   * first, or as an edit if it may have that already. A failed message stays failed until `resend`. `FORBIDDEN` for
   * what is not text, `NOT_FOUND` when there is no such message.
   */
  async editOutgoing(clientMessageId: string, text: string): Promise<void> {
    await this.#account().messages.editOutgoing(clientMessageId, text);
  }

  /**
   * Local. Takes a message back that waits, has failed or is under way. One that may have reached the server is
   * recalled there as soon as that is known; nobody who has not seen it by then gets to see what it said.
   */
  async discard(clientMessageId: string): Promise<void> {
    await this.#account().messages.discard(clientMessageId);
  }

  /**
   * Local. What stands in a conversation's composer, shown at once as its `draft`; empty for nothing. To be called for
   * every key: the user's other devices hear of it when the writer pauses. Of two devices' drafts the one typed last stays;
   * what was typed here and has not been told yet is never replaced.
   */
  async setDraft(conversationId: ConversationId, text: string): Promise<void> {
    const account = this.#account();
    await account.unsent.drafts.set(account.resolve(conversationId), text);
  }

  /**
   * Changes how one keeps a conversation, on all of one's devices; the state shows it at once. Settles as `editMessage`:
   * `NOT_FOUND` for a placeholder and for a conversation that the caller never was in.
   */
  async setConversation(conversationId: ConversationId, settings: ConversationSettings): Promise<void> {
    await this.#account().setConversation(conversationId, settings);
  }

  /** Local. This user has read up to `seq`; never moves backwards. The server is told as soon as it can be. */
  async markRead(conversationId: ConversationId, seq: Seq): Promise<void> {
    await this.#account().markRead(conversationId, seq);
  }

  /**
   * The user is writing in a conversation, or has stopped. To be called for every key: the others are told at most every
   * three seconds, and by itself that it ended after 5 s without a call and when a message is sent. Lost without a
   * connection, and for conversations that the server does not have yet.
   */
  setTyping(conversationId: ConversationId, typing: boolean): void {
    this.#keeper.account?.setTyping(conversationId, typing);
  }

  /**
   * Keeps `state.presence` filled for these users until the returned function is called. Each call counts by itself; of
   * more than 500 users those named last are watched. Whoever one shares no conversation with is shown as offline.
   */
  watchPresence(userIds: readonly UserId[]): () => void {
    return this.#watched.add(userIds);
  }

  /**
   * Gives one's own message a new text, which the state shows at once. Without a connection it resolves once that is
   * stored on this device, and reaches the server when it can. With one, it resolves once the server has it or the
   * connection is lost before the answer; it rejects with what the server refuses for good: `FORBIDDEN` for what is not
   * one's own, not text, or recalled. Each refusal, also one that comes later, is told in `state.failedChanges`.
   */
  async editMessage(conversationId: ConversationId, seq: Seq, text: string): Promise<void> {
    const account = this.#account();
    await account.messages.edit(account.resolve(conversationId), seq, text);
  }

  /** Takes a message back, for everybody. As `editMessage`; `FORBIDDEN` when it is too late or not the caller's to recall. */
  async recallMessage(conversationId: ConversationId, seq: Seq): Promise<void> {
    const account = this.#account();
    await account.messages.recall(account.resolve(conversationId), seq);
  }

  /** Puts the caller's reaction to a message, or takes it away. As `editMessage`; `CONFLICT` when it has all it can. */
  async react(conversationId: ConversationId, seq: Seq, emoji: string, on: boolean): Promise<void> {
    const account = this.#account();
    await account.messages.react(account.resolve(conversationId), seq, emoji, on);
  }

  /**
   * Pins a message for everybody in its conversation, or no longer. As `editMessage`; `FORBIDDEN` for members of a group
   * who are not its admins, `CONFLICT` beyond `MAX_PINS` (50).
   */
  async pinMessage(conversationId: ConversationId, seq: Seq, on: boolean): Promise<void> {
    await this.#mark("pin", conversationId, seq, on);
  }

  /** Keeps a message among the caller's own, or no longer. As `editMessage`; `CONFLICT` beyond `MAX_STARS` (5,000). */
  async starMessage(conversationId: ConversationId, seq: Seq, on: boolean): Promise<void> {
    await this.#mark("star", conversationId, seq, on);
  }

  /** Takes a message from the caller's sight, on all their devices and for ever; others keep it. As `editMessage`. */
  async deleteMessage(conversationId: ConversationId, seq: Seq): Promise<void> {
    const account = this.#account();
    await account.messages.delete(account.resolve(conversationId), seq);
  }

  /** Local. Takes a change out of `state.failedChanges`. */
  async dismissChange(id: string): Promise<void> {
    await this.#account().unsent.changes.dismiss(id);
  }

  /** The first message of a conversation that was sent at a time or later; undefined where there is none. */
  async firstMessageSince(conversationId: ConversationId, at: EpochMs): Promise<Seq | undefined> {
    const account = this.#account();
    return account.messages.firstSince(account.resolve(conversationId), at);
  }

  /**
   * Members who have read a message, its sender left out, in pages; in a conversation of any size. With `unread`, those
   * who may read it and have not.
   */
  async readers(conversationId: ConversationId, seq: Seq, page?: string, unread?: boolean): Promise<ReceiptsResponse> {
    const account = this.#account();
    const answer = await account.messages.readers(account.resolve(conversationId), seq, page, unread);
    account.directory.want(answer.readers);
    return answer;
  }

  /**
   * Finds people by the start of a name or by a whole phone number, 50 to a page; `page` of the answer asks for the next
   * one, while `more` is true.
   */
  async findUsers(query: string, page?: string): Promise<UsersResponse> {
    const account = this.#account();
    const answer = await this.#api.findUsers(query, page);
    account.directory.learn(answer.users);
    return answer;
  }

  /**
   * One message: local where this device has it, else from the server. `NOT_FOUND` where no message is that the caller
   * may read.
   */
  async getMessage(conversationId: ConversationId, seq: Seq): Promise<Message> {
    const account = this.#account();
    const message = await account.messages.get(account.resolve(conversationId), seq);
    account.directory.want([message.senderId]);
    return message;
  }

  /** Makes sure that `state.users` has those of these users who exist. */
  async loadUsers(userIds: readonly UserId[]): Promise<void> {
    await this.#account().directory.load(userIds);
  }

  get #remote(): RemoteContext {
    return {
      origin: this.#origin,
      send: (request) => this.#api.send(request),
      account: () => this.#account(),
      keepMe: (ask) => this.#keeper.keepMe(ask),
    };
  }

  async #mark(kind: "pin" | "star", conversationId: ConversationId, seq: Seq, on: boolean): Promise<void> {
    const account = this.#account();
    const id = account.resolve(conversationId);
    const { pins, stars } = this.getState().conversations.find((view) => view.conversationId === id) ?? {};
    await account.messages.mark(kind, id, seq, on, (kind === "pin" ? pins?.seqs : stars)?.includes(seq) === true);
  }

  #account(): Account {
    const { account } = this.#keeper;
    if (!account) throw notSignedIn();
    return account;
  }

  #slices(): Slices {
    const { account, loaded, storage, ended } = this.#keeper;
    if (account) return { loaded, storage, ...account.slices };
    return {
      ...NOBODY,
      loaded,
      storage,
      connection: loaded ? { status: "signedOut", ...(ended && { error: ended }) } : { status: "connecting" },
    };
  }
}

const NOBODY: Omit<Slices, "loaded" | "storage" | "connection"> = {
  me: null,
  records: new Map(),
  outgoing: [],
  reads: new Map(),
  changes: [],
  drafts: new Map(),
  users: new Map(),
  windows: new Map(),
  typing: new Map(),
  presence: new Map(),
  people: new Map(),
};
