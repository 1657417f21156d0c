import { MAX_IDS_PER_CALL } from "@im-webapp/protocol";
import type {
  CallName,
  CallRequest,
  CallResponse,
  ConversationId,
  GroupPushEvent,
  LargeGroupState,
  PullResponse,
  ReadyEvent,
  UserId,
} from "@im-webapp/protocol";
import { toImError, unavailable } from "../errors.ts";
import type { ImError } from "../errors.ts";
import type { Dial, Link, LinkEvents } from "../transport/link.ts";
import { deliver, handedTo } from "./link-event.ts";
import type { TabChannel, TabId } from "./tab-channel.ts";

/** Most tabs whose watched users count; those that asked last. Tabs that are gone do not say so. */
const MAX_WATCHING = 32;

/** The tab that leads, among those that use its link. */
const HERE = "here";

/**
 * The one connection of several tabs, in the tab that leads: its own links are dialled directly, told to the others,
 * and take their calls.
 */
export class SharedLink {
  readonly #dial: Dial;
  readonly #channel: TabChannel;
  #link: Link | null = null;
  #events: LinkEvents | null = null;
  #ready: ReadyEvent | null = null;
  /** Which tabs have pulled by this link. */
  readonly #pulled = new Set<TabId>();
  /** Whether the server has told of large groups, which it does once. */
  #hasTold = false;
  /** What this link has told of large groups. */
  readonly #groups = new Map<ConversationId, LargeGroupState>();

  /** Whose presence each tab watches; the tab that asked last comes last. */
  readonly #watched = new Map<TabId, readonly UserId[]>();

  constructor(dial: Dial, channel: TabChannel) {
    this.#dial = dial;
    this.#channel = channel;
  }

  /** What the server said when the connection opened; null while there is none. */
  get ready(): ReadyEvent | null {
    return this.#ready;
  }

  readonly dial: Dial = (token, events): Link => {
    this.#events = events;
    const link = this.#dial(token, {
      ...handedTo((event) => {
        if (this.#link !== link) return;
        if (event.name === "ready") this.#ready = event.payload;
        if (event.name === "groupPush") this.#noticed(event.payload);
        this.#channel.post({ type: "event", event });
        deliver(events, event);
      }),
      closed: (error) => {
        if (this.#link !== link) return;
        this.#forget(error);
        events.closed(error);
      },
    });
    this.#link = link;
    return {
      call: (name, request) => this.#call(link, HERE, name, request),
      close: () => {
        if (this.#link === link) this.#forget(unavailable("network", "The connection was given up"));
        link.close();
      },
    };
  };

  /** A tab begins anew: it is told once more what a connection tells only once. */
  joined(tab: TabId): void {
    this.#pulled.delete(tab);
    this.#watched.delete(tab);
  }

  /** Another tab leads now: this connection ends, and the other will have its own. */
  drop(): void {
    const events = this.#events;
    const link = this.#link;
    if (!link) return;
    this.#clear();
    link.close();
    events?.closed(unavailable("network", "Another tab has taken the connection over"));
  }

  /** Sends a call of another tab, and sends it the answer. */
  async answer(tab: TabId, call: number, name: CallName, request: CallRequest<CallName>): Promise<void> {
    try {
      const link = this.#link;
      if (!link || !this.#ready) throw unavailable("network", "Not connected");
      const data = await this.#call(link, tab, name, request);
      this.#channel.postTo(tab, { type: "answer", call, data });
    } catch (error) {
      this.#channel.postTo(tab, { type: "refusal", call, error: toImError(error).toWire() });
    }
  }

  async #call<C extends CallName>(link: Link, tab: TabId, name: C, request: CallRequest<C>): Promise<CallResponse<C>> {
    const answer = await link.call(name, this.#forAll(tab, name, request));
    if (name !== "sync:pull" || this.#link !== link) return answer;
    return this.#withGroups(tab, answer as PullResponse) as CallResponse<C>;
  }

  /** The server watches presence for a connection, with the last list: so the list is that of all tabs. */
  #forAll<C extends CallName>(tab: TabId, name: C, request: CallRequest<C>): CallRequest<C> {
    if (name !== "presence:watch") return request;
    const { userIds } = request as CallRequest<"presence:watch">;
    this.#watched.delete(tab);
    this.#watched.set(tab, userIds);
    for (const [oldest] of this.#watched) if (this.#watched.size > MAX_WATCHING) this.#watched.delete(oldest);
    const all = new Set([...this.#watched.values()].toReversed().flat());
    return { userIds: [...all].slice(0, MAX_IDS_PER_CALL) } as unknown as CallRequest<C>;
  }

  /**
   * The server tells of large groups in the first answer of a connection only. A tab that joins later is told the same,
   * with what has been pushed since.
   */
  #withGroups(tab: TabId, answer: PullResponse): PullResponse {
    for (const state of answer.groups ?? []) this.#groups.set(state.conversationId, state);
    const isFirst = !this.#hasTold;
    this.#hasTold = true;
    if (this.#pulled.has(tab)) return answer;
    this.#pulled.add(tab);
    return isFirst || this.#groups.size === 0 ? answer : { ...answer, groups: [...this.#groups.values()] };
  }

  #noticed({ conversationId, lastSeq, changeSeq }: GroupPushEvent): void {
    const held = this.#groups.get(conversationId);
    this.#groups.set(conversationId, {
      conversationId,
      lastSeq: Math.max(lastSeq, held?.lastSeq ?? 0),
      changeSeq: Math.max(changeSeq, held?.changeSeq ?? 0),
      readSeq: held?.readSeq ?? 0,
    });
  }

  #forget(error: ImError): void {
    this.#clear();
    this.#channel.post({ type: "closed", error: error.toWire() });
    this.#channel.forget();
  }

  #clear(): void {
    this.#link = null;
    this.#events = null;
    this.#ready = null;
    this.#pulled.clear();
    this.#hasTold = false;
    this.#watched.clear();
    this.#groups.clear();
  }
}
