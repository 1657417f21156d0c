import type { ConversationId, GroupId, Message, Seq, UserId } from "@im-webapp/protocol";
import { directConversationId } from "../../shared/ids.ts";
import type { MessageKey } from "../command.ts";
import { NO_FACTS } from "../facts.ts";
import type { RelationSide, StoredApplication } from "../relations.ts";
import type {
  Changes,
  ConversationState,
  GroupState,
  MemberKey,
  MemberSettings,
  MemberState,
  MessagePlace,
  ReadPosition,
} from "../model.ts";
import { Conflict, type TimelineStore, type TimelineTransaction } from "../timeline-store.ts";

/** Both stores in memory, for tests of what stands upon them: commits can be held back and made to fail. */
export class MemoryTimelineStore implements TimelineStore {
  readonly users = new Set<UserId>();
  readonly conversations = new Map<ConversationId, ConversationState>();
  readonly members = new Map<ConversationId, Map<UserId, MemberState>>();
  readonly groups = new Map<GroupId, GroupState>();
  readonly reads = new Map<string, ReadPosition>();
  readonly settings = new Map<string, MemberSettings>();
  readonly heads = new Map<UserId, Seq>();
  readonly relationSides = new Map<string, RelationSide>();
  readonly applications = new Map<string, StoredApplication>();
  readonly messages: Message[] = [];
  /** What each commit wrote, in order; commits that wrote nothing or failed are not here. */
  readonly commits: Changes[] = [];
  /** What was asked of the transactions, in order: the names of the methods with what they locked. */
  readonly calls: string[] = [];
  /** Thrown by the next commits, one each. `afterCommit`: the changes took effect nevertheless. */
  readonly failures: { readonly error: Error; readonly afterCommit?: boolean }[] = [];
  /** Called with everything that is about to be written; what it throws, the commit rejects with. */
  refuse: (changes: Changes) => void = () => undefined;
  /** Thrown by every look-up of messages. */
  lookUpFailure: Error | undefined;
  #gate: Promise<void> = Promise.resolve();

  /** Lets no commit finish until the function that it gives is called. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.#gate = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  /** Puts a conversation there that has members already, with nothing said in it. */
  seed(conversationId: ConversationId, userIds: readonly UserId[]): void {
    const members = new Map<UserId, MemberState>(
      userIds.map((userId) => [userId, { userId, role: 0, fromSeq: 0, pastSpans: [], joinedAt: 0 }]),
    );
    this.members.set(conversationId, members);
    this.conversations.set(conversationId, {
      conversationId,
      type: "group",
      groupId: conversationId.slice(1),
      lastSeq: 0,
      changeSeq: 0,
      memberVersion: 1,
      groupVersion: 0,
      memberCount: members.size,
      large: false,
    });
  }

  async commit<T>(work: (transaction: TimelineTransaction) => Promise<T>): Promise<T> {
    let written: Changes | undefined;
    const result = await work(
      this.#transaction((changes) => {
        written = changes;
      }),
    );
    await this.#gate;
    const failure = this.failures.shift();
    if (failure && !failure.afterCommit) throw failure.error;
    if (written) {
      this.#requireFree(written);
      this.refuse(written);
      this.#apply(written);
    }
    if (failure) throw failure.error;
    return result;
  }

  findByKeys(keys: readonly MessageKey[]): Promise<Message[]> {
    if (this.lookUpFailure) return Promise.reject(this.lookUpFailure);
    return Promise.resolve(
      this.messages.filter((message) =>
        keys.some((key) => key.senderId === message.senderId && key.clientMessageId === message.clientMessageId),
      ),
    );
  }

  #transaction(write: (changes: Changes) => void): TimelineTransaction {
    return {
      lockConversations: (ids) => {
        this.calls.push(`lockConversations ${ids.join(" ")}`);
        return Promise.resolve(ids.flatMap((id) => this.conversations.get(id) ?? []));
      },
      members: (id) => {
        this.calls.push(`members ${id}`);
        return Promise.resolve([...(this.members.get(id)?.values() ?? [])]);
      },
      groups: (ids) => {
        this.calls.push(`groups ${ids.join(" ")}`);
        return Promise.resolve(ids.flatMap((id) => this.groups.get(id) ?? []));
      },
      readPositions: (keys) => {
        const found = keys.flatMap((key) => this.reads.get(memberKey(key)) ?? []);
        return Promise.resolve(found);
      },
      memberSettings: (keys) => Promise.resolve(keys.flatMap((key) => this.settings.get(memberKey(key)) ?? [])),
      messages: (places) => Promise.resolve(places.flatMap((place) => this.#find(place) ?? [])),
      invitations: () => Promise.resolve([]),
      facts: () => Promise.resolve(NO_FACTS),
      existingUsers: (ids) => {
        this.calls.push(`existingUsers ${ids.join(" ")}`);
        return Promise.resolve(ids.filter((id) => this.users.has(id)));
      },
      lockTimelines: (ids) => {
        this.calls.push(`lockTimelines ${ids.join(" ")}`);
        return Promise.resolve(new Map(ids.map((id) => [id, this.heads.get(id) ?? 0])));
      },
      relationSides: (pairs) => {
        const sides = [...this.relationSides.values()];
        return Promise.resolve(sides.filter((side) => pairs.includes(directConversationId(side.userId, side.peerId))));
      },
      applications: (ids) => Promise.resolve(ids.flatMap((id) => this.applications.get(id) ?? [])),
      write: (changes) => {
        write(changes);
        return Promise.resolve();
      },
    };
  }

  #find({ conversationId, seq }: MessagePlace): Message | undefined {
    return this.messages.find((message) => message.conversationId === conversationId && message.seq === seq);
  }

  #requireFree({ messages, createdConversations }: Changes): void {
    const isTaken =
      createdConversations.some(({ conversationId }) => this.conversations.has(conversationId)) ||
      messages.some(({ message }) =>
        this.messages.some(
          (stored) =>
            (stored.senderId === message.senderId && stored.clientMessageId === message.clientMessageId) ||
            stored.messageId === message.messageId,
        ),
      );
    if (isTaken) throw new Conflict("a unique key is taken");
  }

  #apply(changes: Changes): void {
    this.commits.push(changes);
    for (const row of [...changes.createdConversations, ...changes.movedConversations]) {
      this.conversations.set(row.conversationId, row);
    }
    for (const { conversationId, member } of changes.members) {
      const members = this.members.get(conversationId) ?? new Map<UserId, MemberState>();
      this.members.set(conversationId, members.set(member.userId, member));
    }
    for (const group of changes.groups) this.groups.set(group.groupId, group);
    for (const side of changes.relationSides) this.relationSides.set(`${side.userId} ${side.peerId}`, side);
    for (const stored of changes.applications) this.applications.set(stored.application.applicationId, stored);
    for (const position of changes.reads) this.reads.set(memberKey(position), position);
    for (const settings of changes.settings) this.settings.set(memberKey(settings), settings);
    for (const [userId, head] of changes.heads) this.heads.set(userId, head);
    this.messages.push(...changes.messages.map(({ message }) => message));
    for (const { message } of changes.changedMessages) {
      const held = this.#find(message);
      if (held) this.messages[this.messages.indexOf(held)] = message;
    }
  }
}

function memberKey({ conversationId, userId }: MemberKey): string {
  return `${conversationId} ${userId}`;
}
