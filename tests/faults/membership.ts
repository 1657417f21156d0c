import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { History } from "./history.ts";

/** Who may see one message, and in whose timeline it is. */
interface Audience {
  readonly readers: ReadonlySet<UserId>;
  /** `readers`, or only those whom a message of a large group concerns by name. */
  readonly entries: ReadonlySet<UserId>;
}

/**
 * Who was in a conversation at each of its messages. Told by the conversation itself: every coming and going is one of
 * its messages, and takes effect with it.
 */
export class Membership {
  readonly #audiences = new Map<Seq, Audience>();
  /** Everybody who ever was in it. */
  readonly ever = new Set<UserId>();
  /** Those who are in it in the end. */
  readonly last: ReadonlySet<UserId>;

  /** @param messages all of the conversation, ascending */
  constructor(first: ReadonlySet<UserId>, messages: readonly Message[], fanoutMaxMembers: number) {
    let active: ReadonlySet<UserId> = first;
    for (const userId of first) this.ever.add(userId);
    for (const message of messages) {
      const { joined, left } = movementOf(message);
      for (const userId of joined) this.ever.add(userId);
      if (joined.length > 0) active = new Set([...active, ...joined]);
      const readers = active;
      if (left.length > 0) active = new Set([...active].filter((userId) => !left.includes(userId)));
      const entries = active.size > fanoutMaxMembers ? new Set([...left, ...namedBy(message, active)]) : readers;
      this.#audiences.set(message.seq, { readers, entries });
    }
    this.last = active;
  }

  canRead(userId: UserId, seq: Seq): boolean {
    return (this.#audiences.get(seq)?.readers ?? this.last).has(userId);
  }

  hasEntry(userId: UserId, seq: Seq): boolean {
    return this.#audiences.get(seq)?.entries.has(userId) === true;
  }
}

/** The membership of every conversation, and all of its messages as the one who reads most of it reads them. */
export function replay({ members, readings, fanoutMaxMembers }: History): Map<ConversationId, Life> {
  return new Map(
    [...members].map(([conversationId, first]) => {
      const all = readings
        .map(({ conversations }) => conversations.get(conversationId) ?? [])
        .reduce((most, messages) => (messages.length > most.length ? messages : most), []);
      return [conversationId, { messages: all, membership: new Membership(first, all, fanoutMaxMembers) }];
    }),
  );
}

/** One conversation from its beginning to its end. */
export interface Life {
  readonly messages: readonly Message[];
  readonly membership: Membership;
}

function movementOf({ content }: Message): { joined: readonly UserId[]; left: readonly UserId[] } {
  if (content.kind !== "system") return { joined: [], left: [] };
  switch (content.event) {
    case "group.created":
      return { joined: [content.by, ...content.userIds], left: [] };
    case "member.added":
      return { joined: content.userIds, left: [] };
    case "member.removed":
      return { joined: [], left: content.userIds };
    case "member.left":
      return { joined: [], left: [content.by] };
    default:
      return { joined: [], left: [] };
  }
}

function namedBy({ mentions }: Message, active: ReadonlySet<UserId>): UserId[] {
  return mentions === undefined || mentions === "all" ? [] : mentions.filter((userId) => active.has(userId));
}
