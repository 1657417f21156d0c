import {
  type BootstrapResponse,
  type DeviceId,
  type PullResponse,
  type Seq,
  type UserId,
  ackRequest,
  bootstrapRequest,
  pullRequest,
} from "@im-webapp/protocol";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { Clock } from "../shared/clock.ts";
import { Encoded } from "../shared/encoded.ts";
import { ImError } from "../shared/errors.ts";
import { firstTextsThatFit, firstThatFit } from "../shared/page-bytes.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import { listText, renderEntries } from "./render.ts";
import type { TimelineReader } from "./timeline-reader.ts";

/** `sync:pull`, `sync:bootstrap` and `sync:ack`: how a device becomes and stays complete. */
export class Sync {
  readonly #timelines: TimelineReader;
  readonly #conversations: ConversationReader;
  readonly #clock: Clock;

  constructor(timelines: TimelineReader, conversations: ConversationReader, clock: Clock) {
    this.#timelines = timelines;
    this.#conversations = conversations;
    this.#clock = clock;
  }

  /**
   * @param isFirst whether this is the first pull of its connection: then it names the large conversations as well
   * @throws {ImError} `CURSOR_EXPIRED` when entries above the cursor were trimmed, or it lies beyond the head
   */
  async pull(userId: UserId, payload: unknown, isFirst: boolean): Promise<Encoded<PullResponse>> {
    const { cursor, limit } = validate(pullRequest, payload);
    const bounds = await this.#timelines.bounds(userId);
    if (cursor < bounds.trimmed || cursor > bounds.head) {
      throw new ImError("CURSOR_EXPIRED", "bootstrap anew", { details: { ...bounds } });
    }
    const stored = await this.#timelines.after(userId, cursor, limit);
    // Trimmed since the bounds were read.
    if (stored[0] && stored[0].seq !== cursor + 1) throw new ImError("CURSOR_EXPIRED", "bootstrap anew");
    const entries = firstTextsThatFit(await renderEntries(this.#conversations, userId, stored));
    const last = entries.at(-1)?.seq ?? cursor;
    // Entries committed since the bounds were read may be among those given.
    const head = Math.max(bounds.head, stored.at(-1)?.seq ?? 0);
    // Read after the entries, so that a conversation that they call large is among them in a state no older.
    const groups = isFirst ? await this.#conversations.largeStates(userId) : [];
    const named = groups.length > 0 ? `,"groups":${JSON.stringify(groups)}` : "";
    return new Encoded(
      `{"entries":${listText(entries)},"cursor":${last},"head":${head},"more":${last < head}${named}}`,
    );
  }

  /** The newest `seq` of the user's timeline. */
  async head(userId: UserId): Promise<Seq> {
    return (await this.#timelines.bounds(userId)).head;
  }

  async bootstrap(userId: UserId, payload: unknown): Promise<BootstrapResponse> {
    const { page, limit } = validate(bootstrapRequest, payload);
    const [cursor, after] = page
      ? decodePage(page, ["number", "string"])
      : [(await this.#timelines.bounds(userId)).head, ""];
    const listed = await this.#conversations.list(userId, after, limit + 1);
    const conversations = firstThatFit(listed.slice(0, limit));
    const more = conversations.length < listed.length;
    const last = conversations.at(-1)?.conversationId ?? after;
    return { cursor, conversations, more, ...(more && { page: encodePage([cursor, last]) }) };
  }

  async ack(userId: UserId, deviceId: DeviceId, payload: unknown): Promise<Record<string, never>> {
    const { cursor } = validate(ackRequest, payload);
    const { head } = await this.#timelines.bounds(userId);
    if (cursor > head) throw new ImError("CURSOR_EXPIRED", "beyond the head: bootstrap anew", { details: { head } });
    await this.#timelines.saveCursor(userId, deviceId, cursor, this.#clock());
    return {};
  }
}
