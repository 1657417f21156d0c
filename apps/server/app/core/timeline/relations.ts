import type { Application, Contact, EpochMs, UserId } from "@im-webapp/protocol";

/** What one user keeps of another one who is a contact. */
export interface ContactState {
  readonly alias?: string;
  readonly favourite: boolean;
  readonly since: EpochMs;
}

/** What one user has to do with another one, on their own side. */
export interface RelationSide {
  readonly userId: UserId;
  readonly peerId: UserId;
  /** Absent: they are no contacts. */
  readonly contact?: ContactState;
  /** Since when the user blocks the other; absent: they do not. */
  readonly blockedAt?: EpochMs;
}

/** An application with what the wire does not show. */
export interface StoredApplication {
  readonly application: Application;
  /** Only its applicant sees it: it was made to somebody who blocks them. */
  readonly withheld: boolean;
}

/** What users are to each other, as far as it was asked for. */
export interface RelationBase {
  /** One's own side of a pair; that of two who have nothing to do with each other is empty. */
  side(userId: UserId, peerId: UserId): RelationSide;
  application(applicationId: string): StoredApplication | undefined;
}

/** The rows that a batch has read. */
export class RelationRows implements RelationBase {
  static readonly none = new RelationRows([], []);

  readonly #sides: ReadonlyMap<string, RelationSide>;
  readonly #applications: ReadonlyMap<string, StoredApplication>;

  constructor(sides: readonly RelationSide[], applications: readonly StoredApplication[]) {
    this.#sides = new Map(sides.map((side) => [sideKey(side.userId, side.peerId), side]));
    this.#applications = new Map(applications.map((stored) => [stored.application.applicationId, stored]));
  }

  side(userId: UserId, peerId: UserId): RelationSide {
    return this.#sides.get(sideKey(userId, peerId)) ?? { userId, peerId };
  }

  application(applicationId: string): StoredApplication | undefined {
    return this.#applications.get(applicationId);
  }
}

/** What commands would change of it, on top of what it lies upon. */
export class RelationStage implements RelationBase {
  readonly #base: RelationBase;
  readonly #sides = new Map<string, RelationSide>();
  readonly #applications = new Map<string, StoredApplication>();

  constructor(base: RelationBase) {
    this.#base = base;
  }

  side(userId: UserId, peerId: UserId): RelationSide {
    return this.#sides.get(sideKey(userId, peerId)) ?? this.#base.side(userId, peerId);
  }

  application(applicationId: string): StoredApplication | undefined {
    return this.#applications.get(applicationId) ?? this.#base.application(applicationId);
  }

  saveSide(side: RelationSide): void {
    this.#sides.set(sideKey(side.userId, side.peerId), side);
  }

  saveApplication(stored: StoredApplication): void {
    this.#applications.set(stored.application.applicationId, stored);
  }

  /** Changed sides, newest state. */
  get sides(): Iterable<RelationSide> {
    return this.#sides.values();
  }

  /** Changed applications, newest state. */
  get applications(): Iterable<StoredApplication> {
    return this.#applications.values();
  }

  /** Takes over what a stage upon this one has changed. */
  merge(upper: RelationStage): void {
    for (const side of upper.sides) this.saveSide(side);
    for (const stored of upper.applications) this.saveApplication(stored);
  }
}

/** A side as the wire shows it to its user. */
export function toContact({ peerId, contact, blockedAt }: RelationSide): Contact {
  return {
    userId: peerId,
    ...(contact && { since: contact.since }),
    ...(contact?.alias !== undefined && { alias: contact.alias }),
    favourite: contact?.favourite ?? false,
    blocked: blockedAt !== undefined,
  };
}

function sideKey(userId: UserId, peerId: UserId): string {
  return `${userId}\n${peerId}`;
}
