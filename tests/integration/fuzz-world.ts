import { bootstrapResponse, conversation, entry, message, sendResponse } from "@im-webapp/protocol";
import type { Connection } from "../support/connection.ts";
import { Person, bootstrapAll, historyAll, pullAll, sendText } from "../support/people.ts";
import type { Places } from "./fuzz-calls.ts";

/** The people around whoever sends rubbish, and the places that exist. */
export interface World {
  /** Sends rubbish. */
  readonly mallory: Person;
  /** Shares conversations with Mallory. */
  readonly trudy: Person;
  /** Have nothing to do with it, and chat on. */
  readonly alice: Person;
  readonly bob: Person;
  readonly places: Places;
}

export async function makeWorld(url: string): Promise<World> {
  const [mallory, trudy, alice, bob] = await Promise.all([
    Person.register(url, "Mallory"),
    Person.register(url, "Trudy"),
    Person.register(url, "Alice"),
    Person.register(url, "Bob"),
  ]);
  const own = await mallory.createGroup("Mallory's", [trudy]);
  const foreign = await alice.createGroup("Alice's", [bob]);
  const [mallorys, alices] = await Promise.all([mallory.connect(), alice.connect()]);
  const direct = await sendText(mallorys, { userId: trudy.userId }, "hello");
  const secret = await sendText(alices, { userId: bob.userId }, "hello");
  mallorys.close();
  alices.close();
  return {
    mallory,
    trudy,
    alice,
    bob,
    places: {
      users: [mallory.userId, trudy.userId, "nobody"],
      groups: [own.groupId, foreign.groupId, "nowhere"],
      conversations: [own.conversationId, direct.conversationId, foreign.conversationId, secret.conversationId, "x"],
    },
  };
}

/** Two people who chat while the rubbish comes in. */
export class Chat {
  readonly #from: Connection;
  readonly #to: Connection;
  readonly #userId: string;
  /** Milliseconds from sending to the push at the other side, of each message. */
  readonly delays: number[] = [];

  private constructor(from: Connection, to: Connection, userId: string) {
    this.#from = from;
    this.#to = to;
    this.#userId = userId;
  }

  static async begin({ alice, bob }: World): Promise<Chat> {
    const [from, to] = await Promise.all([alice.connect(), bob.connect()]);
    return new Chat(from, to, bob.userId);
  }

  /** Sends one message after the other until `goOn` says no; each must be answered and pushed. */
  async run(goOn: () => boolean): Promise<void> {
    while (goOn()) {
      const text = `message ${this.delays.length}`;
      const begun = performance.now();
      sendResponse.parse(await sendText(this.#from, { userId: this.#userId }, text));
      await this.#to.pushedText(text);
      this.delays.push(performance.now() - begun);
    }
  }

  end(): void {
    this.#from.close();
    this.#to.close();
  }
}

/** What a person may read that fails its schema, one line each; and how much was read. */
export async function problemsOfReading(person: Person): Promise<{ problems: string[]; read: number }> {
  const connection = await person.connect();
  const problems: string[] = [];
  const note = (what: string, value: unknown) => problems.push(`${what}: ${JSON.stringify(value).slice(0, 500)}`);
  try {
    const { conversations, cursor } = await bootstrapAll(connection);
    if (!bootstrapResponse.shape.cursor.safeParse(cursor).success) note("cursor", cursor);
    const entries = await pullAll(connection);
    for (const one of entries) if (!entry.safeParse(one).success) note("entry", one);
    let messages = 0;
    for (const one of conversations) {
      if (!conversation.safeParse(one).success) note("conversation", one);
      const history = await historyAll(connection, one.conversationId);
      messages += history.length;
      for (const each of history) if (!message.safeParse(each).success) note("message", each);
    }
    return { problems, read: entries.length + messages + conversations.length };
  } finally {
    connection.close();
  }
}
