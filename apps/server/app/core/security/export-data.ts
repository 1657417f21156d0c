import { type Application, type Contact, type ExportResponse, type UserId, confirmation } from "@im-webapp/protocol";
import type { AccountStore, Session } from "../accounts/ports.ts";
import type { ApplicationReader } from "../applications/application-reader.ts";
import type { ContactReader } from "../contacts/contact-reader.ts";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { GroupReader } from "../groups/group-reader.ts";
import type { MailStore } from "../digest/ports.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import type { Confirm } from "./confirm.ts";
import { type ExportRecord, MessageExport, type MessageExportOptions } from "./export-messages.ts";
import type { DeviceStore } from "./ports.ts";
import type { Tickets } from "./tickets.ts";

/** Conversations, and people, that are in memory at a time. */
const PAGE = 200;

/** The layout of the file; rises when a reader of an earlier one would go wrong. */
const FORMAT = 1;

/** Who may download, from which session. */
export type ExportTicket = Pick<Session, "userId" | "deviceId" | "sessionId">;

export interface ExportDataOptions extends MessageExportOptions {
  readonly confirm: Confirm;
  readonly tickets: Tickets<ExportTicket>;
  readonly accounts: AccountStore;
  readonly devices: DeviceStore;
  readonly mail: Pick<MailStore, "find">;
  readonly contacts: ContactReader;
  readonly conversations: ConversationReader;
  readonly applications: ApplicationReader;
  readonly groups: GroupReader;
  readonly clock: Clock;
}

/** A download that has begun. */
export interface Download {
  readonly filename: string;
  /** JSON, one record a line, each with its `type`; the last is `end`, so that a file that was cut off shows. */
  readonly lines: AsyncIterable<string>;
}

/** A user takes along all that the server knows of them and shows them. */
export class ExportData {
  readonly #options: ExportDataOptions;
  readonly #messages: MessageExport;

  constructor(options: ExportDataOptions) {
    this.#options = options;
    this.#messages = new MessageExport(options);
  }

  /**
   * Gives an address from which a browser downloads by itself, without a token: it is good once and for a moment.
   *
   * @throws {ImError} as `Confirm.require`
   */
  async begin(session: Session, payload: unknown): Promise<ExportResponse> {
    await this.#options.confirm.require(session, validate(confirmation, payload));
    const { userId, deviceId, sessionId } = session;
    const { secret, expiresAt } = await this.#options.tickets.issue({ userId, deviceId, sessionId });
    return { path: `/api/v1/exports/${secret}`, expiresAt };
  }

  /** @throws {ImError} `NOT_FOUND` when the address was used or is too old, or its session has ended */
  async open(secret: string): Promise<Download> {
    const ticket = await this.#options.tickets.take(secret);
    const isGood = ticket !== undefined && (await this.#options.devices.hasSession(ticket, this.#options.clock()));
    const me = isGood ? await this.#options.accounts.findMe(ticket.userId) : undefined;
    if (!me) throw new ImError("NOT_FOUND", "this download has been used or is too old");
    const day = new Date(this.#options.clock()).toISOString().slice(0, 10);
    return { filename: `im-webapp-${day}.jsonl`, lines: this.#lines(me.userId) };
  }

  async *#lines(userId: UserId): AsyncGenerator<string> {
    let messages = 0;
    for await (const record of this.#records(userId)) {
      if (record["type"] === "message") messages += 1;
      yield `${JSON.stringify(record)}\n`;
    }
    yield `${JSON.stringify({ type: "end", messages })}\n`;
  }

  async *#records(userId: UserId): AsyncGenerator<ExportRecord> {
    const { accounts, devices, mail, conversations, groups, clock } = this.#options;
    yield { type: "export", format: FORMAT, at: clock() };
    yield { type: "profile", ...(await accounts.findMe(userId)) };
    for (const device of await devices.list(userId, clock())) yield { type: "device", ...device };
    const address = await mail.find(userId);
    if (address) yield { type: "mail", ...address };
    yield* this.#contacts((after) => this.#options.contacts.contacts(userId, after, PAGE));
    yield* this.#contacts((after) => this.#options.contacts.blocked(userId, after, PAGE));
    yield* this.#applications(userId);
    yield* this.#messages.stars(userId);
    let after = "";
    for (;;) {
      const page = await conversations.list(userId, after, PAGE);
      for (const { lastMessage, ...conversation } of page) {
        const { conversationId, type, groupId } = conversation;
        yield { ...conversation, type: "conversation", conversationType: type };
        const group = groupId === undefined || conversation.left ? undefined : await groups.find(groupId);
        if (group) yield { type: "group", ...group };
        if (lastMessage) yield* this.#messages.conversation(userId, conversationId);
      }
      const last = page.at(-1);
      if (page.length < PAGE || !last) return;
      after = last.conversationId;
    }
  }

  /** @param read gives a page after an id */
  async *#contacts(read: (after: UserId) => Promise<Contact[]>): AsyncGenerator<ExportRecord> {
    let after = "";
    for (;;) {
      const page = await read(after);
      for (const contact of page) yield { type: "contact", ...contact };
      const last = page.at(-1);
      if (page.length < PAGE || !last) return;
      after = last.userId;
    }
  }

  /** Those that the user has made and those that they may answer, changed last first. */
  async *#applications(userId: UserId): AsyncGenerator<ExportRecord> {
    let before: Application | undefined;
    for (;;) {
      const page = await this.#options.applications.list(userId, before, PAGE);
      for (const { type, ...application } of page) yield { ...application, type: "application", applicationType: type };
      before = page.at(-1);
      if (page.length < PAGE) return;
    }
  }
}
