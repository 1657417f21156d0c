import type { ConversationId, GroupPushEvent, Seq } from "@im-webapp/protocol";

/** How far a large group has come. */
export interface GroupHead {
  readonly lastSeq: Seq;
  readonly changeSeq: Seq;
}

/** How far this node has pushed each large group: what delivery notes, and the watch compares with the database. */
export class GroupHeads {
  readonly #pushed = new Map<ConversationId, GroupHead>();

  of(conversationId: ConversationId): GroupHead | undefined {
    return this.#pushed.get(conversationId);
  }

  /** Never moves backwards: packets of several nodes may cross. */
  note({ conversationId, lastSeq, changeSeq }: Pick<GroupPushEvent, "conversationId" | "lastSeq" | "changeSeq">): void {
    const held = this.#pushed.get(conversationId);
    this.#pushed.set(conversationId, {
      lastSeq: Math.max(lastSeq, held?.lastSeq ?? 0),
      changeSeq: Math.max(changeSeq, held?.changeSeq ?? 0),
    });
  }

  /** Forgets the groups that are not among these. */
  keepOnly(conversationIds: ReadonlySet<ConversationId>): void {
    for (const id of this.#pushed.keys()) if (!conversationIds.has(id)) this.#pushed.delete(id);
  }
}
