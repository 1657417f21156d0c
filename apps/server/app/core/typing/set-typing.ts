import {
  type ConversationId,
  RECEIPT_MEMBERS,
  type TypingEvent,
  type TypingRequest,
  type UserId,
  typingRequest,
} from "@im-webapp/protocol";
import { LRUCache } from "lru-cache";
import { type ParticipationStore, requireParticipation } from "../conversations/access.ts";
import type { Bus, MembershipReader } from "../delivery/ports.ts";
import type { ContactReader } from "../contacts/contact-reader.ts";
import { ImError } from "../shared/errors.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import { validate } from "../shared/validate.ts";
import type { Membership } from "../timeline/membership.ts";

/** Conversations whose members are kept in memory for this. */
const CACHED_MEMBERSHIPS = 1_000;

/** The sockets of this node, for what may be lost. Nothing waits and nothing throws. */
export interface TypingSockets {
  tellTyping(userIds: readonly UserId[], event: TypingEvent): void;
}

export interface SetTypingOptions {
  participations: ParticipationStore;
  memberships: MembershipReader;
  contacts: Pick<ContactReader, "blockersOf">;
  sockets: TypingSockets;
  bus: Bus;
  limit: CallLimit;
}

/**
 * `typing:set`: tells the other members who are connected, on any node, and nobody later. In groups above
 * `limits.receiptMembers` it is accepted and told to nobody: where nobody is told who has read, a packet to each member
 * for every few seconds of anybody's writing would cost more than the messages.
 */
export class SetTyping {
  readonly #options: SetTypingOptions;
  readonly #memberships = new LRUCache<ConversationId, Membership>({ max: CACHED_MEMBERSHIPS });
  /** Each user's last call, which the next one waits for: "stopped" must not overtake "started". */
  readonly #tails = new Map<UserId, Promise<void>>();

  constructor(options: SetTypingOptions) {
    this.#options = options;
    options.bus.subscribe((message) => {
      if (message.kind === "typing") options.sockets.tellTyping(message.userIds, message.event);
    });
  }

  /** @throws {ImError} `NOT_FOUND` to those who never were members, `NOT_MEMBER` to those who left, `RATE_LIMITED` */
  async run(userId: UserId, payload: unknown): Promise<Record<string, never>> {
    const request = validate(typingRequest, payload);
    await requireBudget(this.#options.limit, userId);
    const set = (this.#tails.get(userId) ?? Promise.resolve()).then(() => this.#set(userId, request));
    const tail = set
      .catch(() => undefined)
      .finally(() => {
        if (this.#tails.get(userId) === tail) this.#tails.delete(userId);
      });
    this.#tails.set(userId, tail);
    await set;
    return {};
  }

  async #set(userId: UserId, { conversationId, typing }: TypingRequest): Promise<void> {
    const { participations, contacts, sockets, bus } = this.#options;
    const { conversation, member } = await requireParticipation(participations, conversationId, userId);
    if (member.leftSeq !== undefined) throw new ImError("NOT_MEMBER", "you have left this conversation");
    if (conversation.memberCount > RECEIPT_MEMBERS) return;
    const { activeIds } = await this.#membership(conversationId, conversation.memberVersion);
    const others = activeIds.filter((id) => id !== userId);
    // Whoever is blocked is answered as always, and not heard.
    const blockers = conversation.type === "direct" ? await contacts.blockersOf(userId, others) : new Set();
    const userIds = others.filter((id) => !blockers.has(id));
    if (userIds.length === 0) return;
    const event = { conversationId, userId, typing };
    sockets.tellTyping(userIds, event);
    bus.publish({ kind: "typing", userIds, event });
  }

  /** The members as of this version, or a later one. */
  async #membership(conversationId: ConversationId, version: number): Promise<Membership> {
    const cached = this.#memberships.get(conversationId);
    if (cached && cached.version >= version) return cached;
    const membership = await this.#options.memberships.read(conversationId);
    this.#memberships.set(conversationId, membership);
    return membership;
  }
}
