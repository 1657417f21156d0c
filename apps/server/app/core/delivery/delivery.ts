import type { Entry, EpochMs, Seq, UserId } from "@im-webapp/protocol";
import type { EndSockets } from "../accounts/sessions.ts";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { EntryDraft, SequencedFanOut } from "../timeline/model.ts";
import { renderEntries } from "../timeline/render.ts";
import type { StoredEntry } from "../timeline/timeline-reader.ts";
import type { Bus, BusMessage, CommitPacket, Connections } from "./ports.ts";

/**
 * The fast path: after a commit, each connected device gets one `sync:push`, and the other nodes one bus message.
 * Nothing here is needed for completeness; whatever is lost, clients pull.
 */
export class Delivery {
  readonly #connections: Connections;
  readonly #bus: Bus;
  readonly #conversations: ConversationReader;
  readonly #onFault: (error: unknown) => void;
  /** Packets that wait for conversations to be read; keeps pushes in commit order. */
  #tail: Promise<void> | undefined;

  constructor(
    connections: Connections,
    bus: Bus,
    conversations: ConversationReader,
    onFault: (error: unknown) => void,
  ) {
    this.#connections = connections;
    this.#bus = bus;
    this.#conversations = conversations;
    this.#onFault = onFault;
    bus.subscribe((message) => {
      this.#hear(message);
    });
  }

  /** Pushes what a commit of this node gave to timelines. */
  committed(fanOuts: readonly SequencedFanOut[], at: EpochMs): void {
    const packet = toPacket(fanOuts, at);
    this.#bus.publish({ kind: "commit", packet });
    this.#deliver(packet);
  }

  /** Ends a device's sockets on every node. */
  readonly endSockets: EndSockets = ({ userId, deviceId }, reason, keepSessionId) => {
    this.#bus.publish({
      kind: "device-ended",
      userId,
      deviceId,
      reason,
      ...(keepSessionId !== undefined && { keepSessionId }),
    });
    this.#connections.endDevice(userId, deviceId, reason, keepSessionId);
  };

  /** Resolves when every packet taken so far has been pushed. */
  async settled(): Promise<void> {
    await this.#tail;
  }

  #hear(message: BusMessage): void {
    if (message.kind === "commit") this.#deliver(message.packet);
    else this.#connections.endDevice(message.userId, message.deviceId, message.reason, message.keepSessionId);
  }

  #deliver(packet: CommitPacket): void {
    const here = packet.recipients.filter(([userId]) => this.#connections.isConnected(userId));
    if (here.length === 0) return;
    const readsNothing = packet.drafts.every((draft) => draft.type !== "conversation");
    if (readsNothing && this.#tail === undefined) {
      for (const [userId, places] of here) this.#connections.push(userId, toEntries(packet, places).filter(isComplete));
      return;
    }
    const tail = (this.#tail ?? Promise.resolve())
      .then(() => this.#render(packet, here))
      .catch(this.#onFault)
      .finally(() => {
        if (this.#tail === tail) this.#tail = undefined;
      });
    this.#tail = tail;
  }

  async #render(packet: CommitPacket, recipients: CommitPacket["recipients"]): Promise<void> {
    await Promise.all(
      recipients.map(async ([userId, places]) => {
        const entries = await renderEntries(this.#conversations, userId, toEntries(packet, places));
        this.#connections.push(userId, entries);
      }),
    );
  }
}

function toPacket(fanOuts: readonly SequencedFanOut[], at: EpochMs): CommitPacket {
  const recipients = new Map<UserId, [Seq, number][]>();
  fanOuts.forEach(({ userIds, seqs }, draftIndex) => {
    userIds.forEach((userId, index) => {
      const places = recipients.get(userId) ?? [];
      places.push([seqs[index] ?? 0, draftIndex]);
      recipients.set(userId, places);
    });
  });
  return { at, drafts: fanOuts.map(({ draft }) => draft), recipients: [...recipients] };
}

function toEntries(packet: CommitPacket, places: readonly (readonly [Seq, number])[]): StoredEntry[] {
  return places.flatMap(([seq, index]) => {
    const draft: EntryDraft | undefined = packet.drafts[index];
    return draft ? [{ ...draft, seq, at: packet.at }] : [];
  });
}

function isComplete(entry: StoredEntry): entry is Exclude<StoredEntry, { type: "conversation" }> & Entry {
  return entry.type !== "conversation";
}
