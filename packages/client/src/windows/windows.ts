import { PUSH_GAP_MS } from "@im-webapp/protocol";
import type { ConversationId, Message, Seq } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import { placeholderPeer } from "../placeholder.ts";
import type { MessageChanges } from "../sync/message-changes.ts";
import { OpenWindow } from "./open-window.ts";
import type { Reachability, WindowContext, WindowView } from "./open-window.ts";

/** A placeholder has no messages anywhere yet. */
const NEW_CONVERSATION: WindowView = {
  messages: [],
  more: { before: false, after: false },
  atEnd: true,
  loading: "none",
};

interface Opened {
  count: number;
  /** None for a placeholder. */
  window: OpenWindow | null;
}

/** The conversations that somebody looks at, each with its window. */
export class Windows {
  readonly #context: WindowContext;
  readonly #tasks: TaskGroup;
  readonly #opened = new Map<ConversationId, Opened>();
  #reachability: Reachability = "pending";
  #started = false;
  #views: ReadonlyMap<ConversationId, WindowView> = new Map();
  #holeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: Omit<WindowContext, "changed" | "reachability">, tasks: TaskGroup, changed: () => void) {
    this.#tasks = tasks;
    this.#context = {
      ...context,
      reachability: () => this.#reachability,
      changed: () => {
        this.#show();
        changed();
      },
    };
  }

  get views(): ReadonlyMap<ConversationId, WindowView> {
    return this.#views;
  }

  has(conversationId: ConversationId): boolean {
    return this.#opened.has(conversationId);
  }

  /** The local store can be read from now on. */
  start(): void {
    this.#started = true;
    this.#loadAll(() => true);
  }

  open(conversationId: ConversationId): void {
    const held = this.#opened.get(conversationId);
    if (held) {
      held.count += 1;
      return;
    }
    this.#add(conversationId, 1);
  }

  /** Ends one `open`; the window goes with the last. */
  close(conversationId: ConversationId): void {
    const held = this.#opened.get(conversationId);
    if (!held) return;
    held.count -= 1;
    if (held.count > 0) return;
    this.#opened.delete(conversationId);
    held.window?.close();
    if (held.window) this.#seen(conversationId);
    this.#context.changed();
  }

  async loadBefore(conversationId: ConversationId): Promise<void> {
    await this.#opened.get(conversationId)?.window?.loadBefore();
  }

  async loadAfter(conversationId: ConversationId): Promise<void> {
    await this.#opened.get(conversationId)?.window?.loadAfter();
  }

  /** Moves the window to the page around a message; resolves when it is there, or why not is in `view.error`. */
  async showAround(conversationId: ConversationId, seq: Seq): Promise<void> {
    await this.#turn(conversationId, (window) => window.showAround(seq));
  }

  /** Moves the window back to the end; resolves as `showAround`. */
  async showNewest(conversationId: ConversationId): Promise<void> {
    await this.#turn(conversationId, (window) => window.showNewest());
  }

  /** What was received, which is in the store by now. */
  apply({ messages, updates }: Pick<MessageChanges, "messages" | "updates">): void {
    for (const [id, { window }] of this.#opened) {
      window?.apply(of(id, messages), of(id, updates));
    }
    // What is still missing is most often in a push that is just behind.
    if ([...this.#opened.values()].some(({ window }) => window?.incomplete)) this.#checkSoon();
  }

  /** The server has made the conversation of a placeholder: whoever looks at the one looks at the other from now on. */
  move(from: ConversationId, to: ConversationId): void {
    const held = this.#opened.get(from);
    if (!held) return;
    this.#opened.delete(from);
    const there = this.#opened.get(to);
    if (there) there.count += held.count;
    else this.#add(to, held.count);
    this.#context.changed();
  }

  /** What was cached, of all conversations or of one, is void and read anew. */
  reset(conversationId?: ConversationId): void {
    const anew = new Set<OpenWindow>();
    for (const [id, opened] of this.#opened) {
      if (!opened.window || (conversationId !== undefined && id !== conversationId)) continue;
      opened.window = opened.window.reset();
      anew.add(opened.window);
    }
    this.#context.changed();
    this.#loadAll((window) => anew.has(window));
  }

  /** Whether the server can be asked has changed. */
  reachable(reachability: Reachability): void {
    if (reachability === this.#reachability) return;
    this.#reachability = reachability;
    if (reachability === "pending") return;
    this.#loadAll(isWanting);
  }

  stop(): void {
    clearTimeout(this.#holeTimer);
    for (const { window } of this.#opened.values()) window?.close();
    this.#opened.clear();
    this.#show();
  }

  #add(conversationId: ConversationId, count: number): void {
    const isPlaceholder = placeholderPeer(conversationId) !== undefined;
    const window = isPlaceholder ? null : new OpenWindow(conversationId, this.#context);
    this.#opened.set(conversationId, { count, window });
    this.#context.changed();
    if (window) this.#seen(conversationId);
    if (window && this.#started) this.#tasks.run(() => window.load());
  }

  async #turn(conversationId: ConversationId, to: (window: OpenWindow) => OpenWindow): Promise<void> {
    const opened = this.#opened.get(conversationId);
    if (!opened?.window) return;
    const before = opened.window;
    const window = to(before);
    opened.window = window;
    if (window !== before) this.#context.changed();
    if (this.#started && isWanting(window)) await window.load();
  }

  /** Lets the cache know what was looked at last. */
  #seen(conversationId: ConversationId): void {
    this.#tasks.run(() => this.#context.store.markOpened(conversationId, Date.now()));
  }

  #checkSoon(): void {
    this.#holeTimer ??= setTimeout(() => {
      this.#holeTimer = undefined;
      this.#loadAll(({ incomplete }) => incomplete);
    }, PUSH_GAP_MS);
  }

  #loadAll(which: (window: OpenWindow) => boolean): void {
    if (!this.#started) return;
    for (const { window } of this.#opened.values()) {
      if (window && which(window)) this.#tasks.run(() => window.load());
    }
  }

  #show(): void {
    this.#views = new Map([...this.#opened].map(([id, { window }]) => [id, window?.view ?? NEW_CONVERSATION]));
  }
}

function isWanting({ incomplete, view }: OpenWindow): boolean {
  return incomplete || view.error !== undefined;
}

function of(conversationId: ConversationId, messages: readonly Message[]): Message[] {
  return messages.filter((message) => message.conversationId === conversationId);
}
