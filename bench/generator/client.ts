import type { Person } from "../subjects/subject.ts";

/** What a message is sent to. */
export interface Target {
  readonly kind: "person" | "group";
  readonly address: string;
}

/** A piece of what a client has missed. */
export interface Page {
  readonly messages: number;
  /** Where the next page begins. */
  readonly cursor: string;
  readonly more: boolean;
}

/**
 * The least that a load generator needs of a client: it writes messages of one form and finds their numbers again in
 * what it reads, without building an object of either, so that the server is what is measured.
 */
export interface Client {
  readonly person: Person;
  /** Resolves when the server has let it in and delivers to it. */
  readonly ready: Promise<void>;
  /** Gives a function that writes the message of that number; what is written in one turn leaves in one call. */
  sendTo(target: Target): (number: number) => void;
  /** Asks for up to `limit` messages after `cursor`; `""` stands for the beginning. */
  pull(cursor: string, limit: number): Promise<Page>;
  /**
   * Makes a call of packages/protocol, one at a time; gives how many messages its answer holds, and its end.
   *
   * @throws where the wire is another
   */
  call(event: string, payload: string): Promise<{ messages: number; tail: string }>;
  /** Enters a group that one has to enter anew with each connection; at once where membership lasts. */
  enter(group: string): Promise<void>;
  /** Breaks the connection. */
  close(): void;
}

/** Hears what arrives at clients. */
export interface Hearer {
  /** The server has acknowledged a client's own message. Never called where the protocol has no acknowledgement. */
  acknowledged(number: number): void;
  /** A message has arrived, at whomever it was for; a sender hears of its own too where the server gives it back. */
  received(client: Client, number: number): void;
  /** Something that must not happen: a refusal, a connection that closed by itself. The run is void. */
  failed(error: Error): void;
}
