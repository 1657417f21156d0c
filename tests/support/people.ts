import { randomUUID } from "node:crypto";
import type { Conversation, Entry, Group, Message, SendResponse, SessionResponse, Target } from "@im-webapp/protocol";
import { Connection } from "./connection.ts";
import { restOk } from "./rest.ts";

/** Anything that the username rule allows; the part behind it keeps people of different tests apart. */
let people = 0;

export const PASSWORD = "correct horse battery";

/** Somebody with an account and, on this device, a session. A thin client of the wire, without the client library. */
export class Person {
  readonly url: string;
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  readonly deviceId: string;
  readonly token: string;

  private constructor(url: string, session: SessionResponse, deviceId: string) {
    this.url = url;
    this.userId = session.user.userId;
    this.username = session.user.username;
    this.displayName = session.user.displayName;
    this.deviceId = deviceId;
    this.token = session.token;
  }

  /** Makes an account at the server of `url`. `name` is the display name; the username is made unique from it. */
  static async register(url: string, name: string): Promise<Person> {
    people += 1;
    const deviceId = randomUUID();
    const session = await restOk<SessionResponse>(url, "POST", "/api/v1/auth/register", {
      body: {
        username: `${name.replace(/[^\p{L}\p{N}]/gu, "").slice(0, 20)}-${people}-${randomUUID().slice(0, 8)}`,
        password: PASSWORD,
        displayName: name,
        device: { deviceId, name: "test" },
      },
    });
    return new Person(url, session, deviceId);
  }

  /** The same person on another device (or the same one, when `deviceId` is given), at this or another node. */
  async login(url = this.url, deviceId: string = randomUUID()): Promise<Person> {
    const session = await restOk<SessionResponse>(url, "POST", "/api/v1/auth/login", {
      body: { username: this.username, password: PASSWORD, device: { deviceId, name: "test" } },
    });
    return new Person(url, session, deviceId);
  }

  /** A socket of this session that has heard `session:ready`. */
  connect(url = this.url): Promise<Connection> {
    return Connection.open(url, this.token);
  }

  /** A REST call of this session that should succeed. */
  rest<T>(method: string, path: string, body?: unknown): Promise<T> {
    return restOk<T>(this.url, method, path, { token: this.token, body });
  }

  createGroup(name: string, members: readonly Person[]): Promise<Group> {
    return this.rest<Group>("POST", "/api/v1/groups", { name, memberIds: members.map(({ userId }) => userId) });
  }
}

/** Sends a text under a fresh clientMessageId. */
export function sendText(connection: Connection, to: Target, text: string): Promise<SendResponse> {
  return connection.ok("message:send", { clientMessageId: randomUUID(), to, content: { kind: "text", text } });
}

/** The whole timeline from `cursor` on, page by page. */
export async function pullAll(connection: Connection, cursor = 0, limit = 500): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let at = cursor; ;) {
    const page = await connection.ok("sync:pull", { cursor: at, limit });
    entries.push(...page.entries);
    if (!page.more) return entries;
    if (page.cursor <= at) throw new Error(`sync:pull says more but stays at ${at}`);
    at = page.cursor;
  }
}

/** The whole of a conversation that this user may read, oldest first, page by page from the newest. */
export async function historyAll(connection: Connection, conversationId: string, limit = 500): Promise<Message[]> {
  let messages: Message[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await connection.ok("history:pull", {
      conversationId,
      limit,
      ...(before === undefined ? {} : { before }),
    });
    messages = [...page.messages, ...messages];
    if (!page.more.before) return messages;
    const first = page.messages[0];
    if (first === undefined) throw new Error("history:pull says more but gives none");
    before = first.seq;
  }
}

/** The whole conversation list. */
export async function bootstrapAll(connection: Connection): Promise<{ cursor: number; conversations: Conversation[] }> {
  const conversations: Conversation[] = [];
  let page: string | undefined;
  for (;;) {
    const answer = await connection.ok("sync:bootstrap", page === undefined ? {} : { page });
    conversations.push(...answer.conversations);
    if (!answer.more) return { cursor: answer.cursor, conversations };
    if (answer.page === undefined) throw new Error("sync:bootstrap says more but gives no page");
    page = answer.page;
  }
}
