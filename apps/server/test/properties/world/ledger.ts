import type { ConversationId, GroupId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { MessageKey } from "../../../app/core/timeline/command.ts";
import type { Changes } from "../../../app/core/timeline/model.ts";

/** What has been committed, as far as the moment: tells what may be answered and pushed by now. */
export class Ledger {
  /** In the order in which they were made. */
  readonly groupIds: GroupId[] = [];
  readonly #messages = new Map<ConversationId, Message[]>();
  readonly #keys = new Set<string>();
  readonly #heads = new Map<UserId, Seq>();
  readonly #active = new Map<ConversationId, Set<UserId>>();

  record(changes: Changes): void {
    for (const { groupId } of changes.groups) if (!this.groupIds.includes(groupId)) this.groupIds.push(groupId);
    for (const { message } of changes.messages) {
      this.#keys.add(keyName(message));
      this.#messages.set(message.conversationId, [...this.messages(message.conversationId), message]);
    }
    for (const [userId, head] of changes.heads) this.#heads.set(userId, head);
    for (const { conversationId, member } of changes.members) {
      const active = this.#active.get(conversationId) ?? new Set<UserId>();
      this.#active.set(conversationId, active);
      if (member.leftSeq === undefined) active.add(member.userId);
      else active.delete(member.userId);
    }
  }

  has(key: MessageKey): boolean {
    return this.#keys.has(keyName(key));
  }

  /** Of a conversation, ascending, as they were sent. */
  messages(conversationId: ConversationId): readonly Message[] {
    return this.#messages.get(conversationId) ?? [];
  }

  head(userId: UserId): Seq {
    return this.#heads.get(userId) ?? 0;
  }

  activeIds(conversationId: ConversationId): UserId[] {
    return [...(this.#active.get(conversationId) ?? [])];
  }
}

export function keyName({ senderId, clientMessageId }: MessageKey): string {
  return `${senderId} ${clientMessageId}`;
}
