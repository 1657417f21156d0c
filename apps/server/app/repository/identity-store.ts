import { createHash } from "node:crypto";
import type { EpochMs, UserId } from "@im-webapp/protocol";
import { UniqueConstraintError } from "sequelize";
import type { NewAccount } from "../core/accounts/ports.ts";
import type { IdentityStore, ProvenIdentity } from "../core/security/ports.ts";
import type { Database } from "../infra/database/open.ts";
import { reachable } from "./errors.ts";

/** Identities, on the models. */
export class SqlIdentityStore implements IdentityStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(identity: ProvenIdentity): Promise<UserId | undefined> {
    const row = await reachable(() => this.#database.models.Identity.findByPk(keyOf(identity)));
    return row?.userId;
  }

  async link(identity: ProvenIdentity, userId: UserId, createdAt: EpochMs): Promise<UserId> {
    const { Identity } = this.#database.models;
    await reachable(() => Identity.bulkCreate([rowOf(identity, userId, createdAt)], { ignoreDuplicates: true }));
    return (await this.find(identity)) ?? userId;
  }

  async register(identity: ProvenIdentity, account: NewAccount): Promise<{ owner?: UserId }> {
    const { User, Timeline, Identity } = this.#database.models;
    const { userId, createdAt } = account;
    try {
      await reachable(() =>
        this.#database.sequelize.transaction(async (transaction) => {
          await User.create({ ...account, updatedAt: createdAt }, { transaction });
          await Timeline.create({ userId }, { transaction });
          await Identity.create(rowOf(identity, userId, createdAt), { transaction });
        }),
      );
      return { owner: userId };
    } catch (error) {
      if (!(error instanceof UniqueConstraintError)) throw error;
      // Either the name is taken, or the same person came a second time at the same moment.
      const owner = await this.find(identity);
      return owner === undefined ? {} : { owner };
    }
  }
}

function rowOf(identity: ProvenIdentity, userId: UserId, createdAt: EpochMs) {
  const { issuer, subject } = identity;
  return { identityKey: keyOf(identity), userId, issuer, subject, createdAt };
}

function keyOf({ issuer, subject }: ProvenIdentity): string {
  return createHash("sha256").update(`${issuer}\n${subject}`).digest("hex");
}
