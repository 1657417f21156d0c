import type { ConversationId, EpochMs, User, UserId } from "@im-webapp/protocol";
import type { EndSockets } from "../accounts/sessions.ts";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { UserDirectory } from "../people/user-directory.ts";
import type { Membership } from "../timeline/membership.ts";
import type { GroupPush, SequencedFanOut } from "../timeline/model.ts";
import { listText, renderEntries } from "../timeline/render.ts";
import { Audiences, pushToAudience } from "./audiences.ts";
import type { GroupHeads } from "./group-heads.ts";
import { EntryWriter, toPacket } from "./packet.ts";
import type { Bus, BusMessage, CommitPacket, Connections, MembershipReader } from "./ports.ts";

export interface DeliveryOptions {
  connections: Connections;
  bus: Bus;
  conversations: ConversationReader;
  memberships: MembershipReader;
  users: Pick<UserDirectory, "findMany">;
  /** Told of what is pushed of large groups. */
  groupHeads: GroupHeads;
  onFault(error: unknown): void;
}

/** What a commit tells delivery. */
export interface CommitNews {
  readonly fanOuts: readonly SequencedFanOut[];
  readonly groupPushes: readonly GroupPush[];
  readonly memberships: readonly (readonly [ConversationId, Membership])[];
}

/**
 * The fast path: after a commit, each connected device gets one `sync:push`, and the other nodes one bus message.
 * Nothing here is needed for completeness; whatever is lost, clients pull.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #audiences: Audiences;
  /** Packets that wait for something to be read; keeps pushes in commit order. */
  #tail: Promise<void> | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#audiences = new Audiences(options.memberships);
    options.bus.subscribe((message) => {
      this.#hear(message);
    });
  }

  /** Pushes what a commit of this node brought. */
  committed({ fanOuts, groupPushes, memberships }: CommitNews, at: EpochMs): void {
    if (fanOuts.length + groupPushes.length === 0) return;
    const large = new Set(groupPushes.map(({ push }) => push.conversationId));
    for (const [id, membership] of memberships) if (large.has(id)) this.#audiences.remember(id, membership);
    const packet = toPacket(fanOuts, groupPushes, at);
    this.#options.bus.publish({ kind: "commit", packet });
    this.#deliver(packet);
  }

  /** Ends a device's sockets on every node. */
  readonly endSockets: EndSockets = ({ userId, deviceId }, reason, keepSessionId) => {
    this.#options.bus.publish({
      kind: "device-ended",
      userId,
      deviceId,
      reason,
      ...(keepSessionId !== undefined && { keepSessionId }),
    });
    this.#options.connections.endDevice(userId, deviceId, reason, keepSessionId);
  };

  /** Resolves when every packet taken so far has been pushed. */
  async settled(): Promise<void> {
    await this.#tail;
  }

  #hear(message: BusMessage): void {
    if (message.kind === "commit") this.#deliver(message.packet);
    if (message.kind !== "device-ended") return;
    this.#options.connections.endDevice(message.userId, message.deviceId, message.reason, message.keepSessionId);
  }

  #deliver(packet: CommitPacket): void {
    const { connections } = this.#options;
    if (connections.userCount === 0) return;
    const here = packet.recipients.filter(([userId]) => connections.isConnected(userId));
    const readsNothing =
      (here.length === 0 || packet.drafts.every(({ type }) => type !== "conversation" && type !== "user")) &&
      packet.groups.every((group) => this.#audiences.known(group) !== undefined);
    if (readsNothing && this.#tail === undefined) {
      this.#pushAtOnce(packet, here);
      return;
    }
    const tail = (this.#tail ?? Promise.resolve())
      .then(() => this.#pushAfterReading(packet, here))
      .catch((error: unknown) => {
        this.#options.onFault(error);
      })
      .finally(() => {
        if (this.#tail === tail) this.#tail = undefined;
      });
    this.#tail = tail;
  }

  #pushAtOnce(packet: CommitPacket, here: CommitPacket["recipients"]): void {
    const { connections, groupHeads } = this.#options;
    const writer = new EntryWriter(packet);
    for (const [userId, places] of here) connections.push(userId, writer.write(places), places.at(-1)?.[0] ?? 0);
    for (const group of packet.groups) {
      const membership = this.#audiences.known(group);
      if (!membership) continue;
      pushToAudience(connections, group, membership);
      groupHeads.note(group.push);
    }
  }

  async #pushAfterReading(packet: CommitPacket, here: CommitPacket["recipients"]): Promise<void> {
    const { connections, conversations, groupHeads } = this.#options;
    const writer = new EntryWriter(packet, await this.#profiles(packet));
    await Promise.all(
      here.map(async ([userId, places]) => {
        const entries = await renderEntries(conversations, userId, writer.entries(places));
        connections.push(userId, listText(entries), entries.at(-1)?.seq ?? 0);
      }),
    );
    for (const group of packet.groups) {
      const membership = this.#audiences.known(group) ?? (await this.#audiences.read(group));
      pushToAudience(connections, group, membership);
      groupHeads.note(group.push);
    }
  }

  /** Of those whose profile changed, once for all who hear of it. */
  async #profiles({ drafts }: CommitPacket): Promise<ReadonlyMap<UserId, User>> {
    const userIds = drafts.flatMap((draft) => (draft.type === "user" ? [draft.userId] : []));
    const found = userIds.length > 0 ? await this.#options.users.findMany(userIds) : [];
    return new Map(found.map((user) => [user.userId, user]));
  }
}
