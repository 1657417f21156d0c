import type { ConversationId, UserId } from "@im-webapp/protocol";
import { LRUCache } from "lru-cache";
import { isVisible, visibleSpans } from "../conversations/access.ts";
import type { Membership } from "../timeline/membership.ts";
import type { GroupPush } from "../timeline/model.ts";
import type { Connections, MembershipReader } from "./ports.ts";

/** Large groups whose members are kept in memory on this node. */
const CACHED_AUDIENCES = 500;

/**
 * Who of this node's users hears of a large group. Kept by version: a packet of another version makes the members be
 * read anew, so that no lost bus message can let one who was removed go on listening.
 */
export class Audiences {
  readonly #reader: MembershipReader;
  readonly #cached = new LRUCache<ConversationId, Membership>({ max: CACHED_AUDIENCES });

  constructor(reader: MembershipReader) {
    this.#reader = reader;
  }

  /** The members for this packet if they are in memory. */
  known({ push, memberVersion }: GroupPush): Membership | undefined {
    const cached = this.#cached.get(push.conversationId);
    return cached?.version === memberVersion ? cached : undefined;
  }

  remember(conversationId: ConversationId, membership: Membership): void {
    this.#cached.set(conversationId, membership);
  }

  /** The members at present, which is at or after this packet's version. */
  async read({ push }: GroupPush): Promise<Membership> {
    const membership = await this.#reader.read(push.conversationId);
    this.remember(push.conversationId, membership);
    return membership;
  }
}

/** Sends a packet to the members who are connected here, to each what they may read: nobody gets what was said while away. */
export function pushToAudience(connections: Connections, { push }: GroupPush, membership: Membership): void {
  const first = [...push.messages, ...push.changes].reduce((least, { seq }) => Math.min(least, seq), Infinity);
  const whole: UserId[] = [];
  for (const userId of connectedMembers(connections, membership)) {
    const member = membership.get(userId);
    if (!member) continue;
    if (member.fromSeq < first) {
      whole.push(userId);
      continue;
    }
    const spans = visibleSpans({ conversation: push, member });
    const messages = push.messages.filter(({ seq }) => isVisible(spans, seq));
    const changes = push.changes.filter(({ seq }) => isVisible(spans, seq));
    if (messages.length + changes.length > 0) connections.pushGroup([userId], { ...push, messages, changes });
  }
  if (whole.length > 0) connections.pushGroup(whole, push);
}

function* connectedMembers(connections: Connections, membership: Membership): Iterable<UserId> {
  if (connections.userCount < membership.activeIds.length) {
    for (const userId of connections.userIds()) if (membership.isActive(userId)) yield userId;
  } else {
    for (const userId of membership.activeIds) if (connections.isConnected(userId)) yield userId;
  }
}
