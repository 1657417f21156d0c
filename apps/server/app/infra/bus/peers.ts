import type { UserId } from "@im-webapp/protocol";

/** How long a node may be silent before its messages count as lost on the way, in milliseconds: three beats. */
const STALE_MS = 750;

/** How long a silent node is remembered, in milliseconds; by then it has stopped. */
const GONE_MS = 30_000;

interface Peer {
  /** The number of the last change of its users that was heard. */
  changes: number;
  users: Set<UserId>;
  /** False until a list of its users has been heard; until then it is taken to have everybody. */
  complete: boolean;
  heardAt: number;
}

/**
 * What this node knows of the others: who is connected there. Changes are numbered, so that a lost one is noticed and
 * the whole list is asked for. Not knowing means sending too much, never too little.
 */
export class Peers {
  readonly #peers = new Map<string, Peer>();

  /** A sign of life that says how many changes there have been. Gives whether the list must be asked for. */
  heard(nodeId: string, changes: number, now: number): boolean {
    const peer = this.#of(nodeId, now);
    if (peer.changes !== changes) peer.complete = false;
    return !peer.complete;
  }

  /** One change of a node's users. Gives whether the list must be asked for. */
  changed(nodeId: string, changes: number, userId: UserId, connected: boolean, now: number): boolean {
    const peer = this.#of(nodeId, now);
    if (!peer.complete || changes !== peer.changes + 1) {
      peer.complete = false;
      return true;
    }
    peer.changes = changes;
    if (connected) peer.users.add(userId);
    else peer.users.delete(userId);
    return false;
  }

  /** The whole list of a node's users. */
  listed(nodeId: string, changes: number, users: readonly UserId[], now: number): void {
    const peer = this.#of(nodeId, now);
    peer.changes = changes;
    peer.users = new Set(users);
    peer.complete = true;
  }

  left(nodeId: string): void {
    this.#peers.delete(nodeId);
  }

  /** The nodes, each with a test of whether a user may be connected there. */
  *nodes(): Iterable<{ nodeId: string; mayHave(userId: UserId): boolean; mayHaveAnybody: boolean }> {
    for (const [nodeId, peer] of this.#peers) {
      yield {
        nodeId,
        mayHave: (userId) => !peer.complete || peer.users.has(userId),
        mayHaveAnybody: !peer.complete || peer.users.size > 0,
      };
    }
  }

  /** Whether every node that has not stopped was heard of lately. Forgets those that have. */
  areFresh(now: number): boolean {
    let fresh = true;
    for (const [nodeId, { heardAt }] of this.#peers) {
      if (now - heardAt > GONE_MS) this.#peers.delete(nodeId);
      else if (now - heardAt > STALE_MS) fresh = false;
    }
    return fresh;
  }

  #of(nodeId: string, now: number): Peer {
    const peer = this.#peers.get(nodeId) ?? { changes: -1, users: new Set(), complete: false, heardAt: now };
    peer.heardAt = now;
    this.#peers.set(nodeId, peer);
    return peer;
  }
}
