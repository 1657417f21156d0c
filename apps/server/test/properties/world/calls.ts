import type {
  ChangeResponse,
  ConversationId,
  ErrorCode,
  ReadResponse,
  SendResponse,
  Seq,
  Target,
  UserId,
} from "@im-webapp/protocol";
import { ImError } from "../../../app/core/shared/errors.ts";
import type { Ledger } from "./ledger.ts";
import type { Node } from "./node.ts";

/** What became of a call: what it was answered, why it was refused, or nothing when nobody was left to answer. */
export type Outcome<R> = { readonly ok: R } | { readonly code: ErrorCode } | undefined;

/** A message, and every time that it was sent. */
export interface Sending {
  readonly senderId: UserId;
  readonly clientMessageId: string;
  readonly to: Target;
  readonly conversationId: ConversationId;
  readonly mentions: readonly UserId[];
  /** The message that it answers; 0: none. */
  readonly replyTo: Seq;
  /** The words of each time. */
  readonly texts: string[];
  readonly outcomes: Outcome<SendResponse>[];
  /** Where it was sent first. */
  readonly node: Node;
  /** What was sent there to the same conversation and waited for its answer when this one was first sent. */
  readonly ahead: readonly Sending[];
}

export interface Marking {
  readonly userId: UserId;
  readonly conversationId: ConversationId;
  readonly seq: Seq;
  outcome: Outcome<ReadResponse>;
}

export interface Changing {
  readonly userId: UserId;
  readonly conversationId: ConversationId;
  readonly seq: Seq;
  /** The words of an edit, or what else was asked. */
  readonly what: { readonly text: string } | "recall" | { readonly on: boolean };
  outcome: Outcome<ChangeResponse>;
}

/** Refusals that say nothing of what became of the call: the caller may ask again. */
const FOR_NOW: readonly ErrorCode[] = ["UNAVAILABLE", "INTERNAL"];

/** Whether a call may still have taken effect, or not. */
export function isOpen(outcome: Outcome<unknown>): boolean {
  return outcome === undefined || ("code" in outcome && FOR_NOW.includes(outcome.code));
}

/** All that was asked of the server, and what it answered. */
export class Calls {
  readonly sendings: Sending[] = [];
  readonly markings: Marking[] = [];
  readonly changings: Changing[] = [];
  /** How often which call ended how: `send ok`. */
  readonly counts = new Map<string, number>();
  readonly #waiting = new Set<{ readonly name: string; readonly node: Node }>();
  readonly #ledger: Ledger;
  readonly #fault: (text: string) => void;

  /** How often something was made to go wrong. */
  readonly #disturbances: () => number;

  constructor(ledger: Ledger, disturbances: () => number, fault: (text: string) => void) {
    this.#ledger = ledger;
    this.#disturbances = disturbances;
    this.#fault = fault;
  }

  /** Sends a new message. */
  sendNew(node: Node, fresh: Omit<Sending, "texts" | "outcomes" | "node" | "ahead">, text: string): void {
    const ahead = this.sendings.filter(
      ({ conversationId, node: first, outcomes }) =>
        conversationId === fresh.conversationId && first === node && outcomes[0] === undefined,
    );
    const sending = { ...fresh, texts: [], outcomes: [], node, ahead };
    this.sendings.push(sending);
    this.send(node, sending, text);
  }

  /** Sends a message, now or again. */
  send(node: Node, sending: Sending, text: string): void {
    const { senderId, clientMessageId, to, mentions, replyTo } = sending;
    const attempt = sending.texts.push(text) - 1;
    sending.outcomes.push(undefined);
    const wasStored = this.#ledger.has(sending);
    const content = { kind: "text", text };
    const payload = {
      clientMessageId,
      to,
      content,
      ...(mentions.length > 0 && { mentions }),
      ...(replyTo > 0 && { replyTo }),
    };
    this.other(node, "send", node.sendMessage.run(senderId, payload), (outcome) => {
      sending.outcomes[attempt] = outcome;
      const isStored = this.#ledger.has(sending);
      const what = `sending ${attempt + 1} of ${clientMessageId} by ${senderId}`;
      if ("ok" in outcome && !isStored) this.#fault(`${what} was acknowledged before it was stored`);
      if ("ok" in outcome && wasStored && !outcome.ok.duplicate) this.#fault(`${what} is called new`);
      if (!isOpen(outcome) && "code" in outcome && isStored) {
        this.#fault(`${what} was refused for good (${outcome.code}) though it is stored`);
      }
    });
  }

  mark(node: Node, marking: Omit<Marking, "outcome">): void {
    const { userId, conversationId, seq } = marking;
    const noted: Marking = { ...marking, outcome: undefined };
    this.markings.push(noted);
    this.other(node, "read", node.markRead.run(userId, { conversationId, seq }), (outcome) => {
      noted.outcome = outcome;
    });
  }

  change(node: Node, changing: Omit<Changing, "outcome">): void {
    const { userId, conversationId, seq, what } = changing;
    const noted: Changing = { ...changing, outcome: undefined };
    this.changings.push(noted);
    const place = { conversationId, seq };
    const note = (outcome: Outcome<ChangeResponse>) => {
      noted.outcome = outcome;
    };
    if (what === "recall") this.other(node, "recall", node.changeMessage.recall(userId, place), note);
    else if ("text" in what) {
      const content = { kind: "text", text: what.text };
      this.other(node, "edit", node.changeMessage.edit(userId, { ...place, content }), note);
    } else this.other(node, "react", node.changeMessage.react(userId, { ...place, emoji: "👍", on: what.on }), note);
  }

  /** Notes how a call ends, whatever it is. */
  other<R>(
    node: Node,
    name: string,
    answer: Promise<R>,
    then: (outcome: NonNullable<Outcome<R>>) => void = () => undefined,
  ): void {
    const waiting = { name, node };
    this.#waiting.add(waiting);
    const before = this.#disturbances();
    const count = (how: string) => this.counts.set(`${name} ${how}`, (this.counts.get(`${name} ${how}`) ?? 0) + 1);
    answer
      .then((ok) => {
        count("ok");
        then({ ok });
      })
      .catch((error: unknown) => {
        const code = error instanceof ImError ? error.code : undefined;
        if (code === undefined) this.#fault(`${name}: ${String(error)}`);
        count(code ?? "fault");
        const isForNow = code !== undefined && FOR_NOW.includes(code);
        if (isForNow && this.#disturbances() === before) this.#fault(`a ${name} is ${code} though nothing is wrong`);
        then({ code: code ?? "INTERNAL" });
      })
      .finally(() => this.#waiting.delete(waiting))
      .catch((error: unknown) => this.#fault(String(error)));
  }

  /** Calls that a living node has not answered. */
  get unanswered(): string[] {
    return [...this.#waiting].filter(({ node }) => node.isAlive).map(({ name }) => name);
  }
}
