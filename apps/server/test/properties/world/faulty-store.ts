import type { Message } from "@im-webapp/protocol";
import type { MessageKey } from "../../../app/core/timeline/command.ts";
import type { Changes } from "../../../app/core/timeline/model.ts";
import {
  Ambiguous,
  type TimelineStore,
  type TimelineTransaction,
  Transient,
} from "../../../app/core/timeline/timeline-store.ts";
import { unavailable } from "../../../app/core/shared/errors.ts";
import type { Ledger } from "./ledger.ts";
import type { Fate, Owner, Turns } from "./turns.ts";

/** What the test itself does to the store; any other fault is the server's own. */
export class Injected extends Error {
  override name = "Injected";
}

/** The real store, whose commits wait for their turn, end as the test says, and are noted in the ledger. */
export class FaultyStore implements TimelineStore {
  readonly #store: TimelineStore;
  readonly #turns: Turns;
  readonly #owner: Owner;
  readonly #ledger: Ledger;

  constructor(store: TimelineStore, turns: Turns, owner: Owner, ledger: Ledger) {
    this.#store = store;
    this.#turns = turns;
    this.#owner = owner;
    this.#ledger = ledger;
  }

  commit<T>(work: (transaction: TimelineTransaction) => Promise<T>): Promise<T> {
    return this.#turns.run(this.#owner, (fate) => this.#commit(work, fate));
  }

  findByKeys(keys: readonly MessageKey[]): Promise<Message[]> {
    return this.#turns.run(this.#owner, async (fate) => {
      if (fate === "killed-before" || fate === "killed-after") this.#owner.kill();
      else if (fate !== "well") throw unavailable("the look-up fails");
      return this.#store.findByKeys(keys);
    });
  }

  async #commit<T>(work: (transaction: TimelineTransaction) => Promise<T>, fate: Fate): Promise<T> {
    switch (fate) {
      case "well":
        return this.#really(work);
      case "unanswered":
        await this.#really(work);
        throw new Ambiguous("the connection was lost behind the commit");
      case "killed-after":
        try {
          return await this.#really(work);
        } finally {
          this.#owner.kill();
        }
      case "refused":
        await this.#inVain(work);
        throw new Transient("run it again");
      case "lost":
        await this.#inVain(work);
        throw new Ambiguous("the connection was lost before the commit");
      case "broken":
        await this.#inVain(work);
        throw new Injected("the disk is full");
      case "killed-before":
        await this.#inVain(work).finally(() => this.#owner.kill());
        throw new Injected("nobody hears this");
    }
  }

  async #really<T>(work: (transaction: TimelineTransaction) => Promise<T>): Promise<T> {
    let written: Changes | undefined;
    const result = await this.#store.commit((transaction) =>
      work(
        watched(transaction, (changes) => {
          written = changes;
        }),
      ),
    );
    if (written) this.#ledger.record(written);
    return result;
  }

  /** Does all of it and takes it back. */
  async #inVain<T>(work: (transaction: TimelineTransaction) => Promise<T>): Promise<void> {
    const takenBack = new Injected("taken back");
    try {
      await this.#store.commit(async (transaction) => {
        await work(transaction);
        throw takenBack;
      });
    } catch (error) {
      if (error !== takenBack) throw error;
    }
  }
}

function watched(transaction: TimelineTransaction, onWrite: (changes: Changes) => void): TimelineTransaction {
  return {
    lockConversations: (ids) => transaction.lockConversations(ids),
    members: (id) => transaction.members(id),
    groups: (groupIds) => transaction.groups(groupIds),
    readPositions: (keys) => transaction.readPositions(keys),
    memberSettings: (keys) => transaction.memberSettings(keys),
    messages: (places) => transaction.messages(places),
    invitations: (tokens) => transaction.invitations(tokens),
    facts: (wanted) => transaction.facts(wanted),
    existingUsers: (userIds) => transaction.existingUsers(userIds),
    lockTimelines: (userIds) => transaction.lockTimelines(userIds),
    relationSides: (pairs) => transaction.relationSides(pairs),
    applications: (ids) => transaction.applications(ids),
    async write(changes) {
      // As it is now: the maps and lists in it belong to the batch.
      onWrite({ ...changes, heads: new Map(changes.heads) });
      await transaction.write(changes);
    },
  };
}
