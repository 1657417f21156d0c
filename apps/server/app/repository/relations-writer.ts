import { directConversationId } from "../core/shared/ids.ts";
import type { Changes } from "../core/timeline/model.ts";
import type { RelationSide, StoredApplication } from "../core/timeline/relations.ts";
import type { Sql, Work } from "./sql.ts";

/** Writes what a batch has changed of contacts, blocks and applications. Its timelines are locked by then. */
export async function writeRelations(
  sql: Sql,
  { relationSides, applications }: Pick<Changes, "relationSides" | "applications">,
  transaction: Work,
): Promise<void> {
  await writeSides(sql, relationSides, transaction);
  await writeApplications(sql, applications, transaction);
}

async function writeSides(sql: Sql, sides: readonly RelationSide[], transaction: Work): Promise<void> {
  const { clock } = sql;
  await sql.insert(
    "contact",
    ["user_id", "contact_id", "conversation_id", "alias", "favourite", "since"],
    sides.flatMap(({ userId, peerId, contact }) => {
      const pair = directConversationId(userId, peerId);
      if (!contact) return [];
      return [[userId, peerId, pair, contact.alias ?? null, contact.favourite, clock.toColumn(contact.since)]];
    }),
    { key: ["user_id", "contact_id"], update: ["alias", "favourite", "since"] },
    transaction,
  );
  await sql.insert(
    "block",
    ["user_id", "blocked_id", "conversation_id", "since"],
    sides.flatMap(({ userId, peerId, blockedAt }) =>
      blockedAt === undefined
        ? []
        : [[userId, peerId, directConversationId(userId, peerId), clock.toColumn(blockedAt)]],
    ),
    { key: ["user_id", "blocked_id"], update: ["since"] },
    transaction,
  );
  for (const { userId, peerId, contact, blockedAt } of sides) {
    const key = { userId, peerId };
    if (!contact) {
      await sql.run("DELETE FROM contact WHERE user_id = :userId AND contact_id = :peerId", key, transaction);
    }
    if (blockedAt === undefined) {
      await sql.run("DELETE FROM block WHERE user_id = :userId AND blocked_id = :peerId", key, transaction);
    }
  }
}

async function writeApplications(sql: Sql, stored: readonly StoredApplication[], transaction: Work): Promise<void> {
  const { clock } = sql;
  await sql.insert(
    "application",
    [
      "application_id",
      "type",
      "target_id",
      "applicant_id",
      "proposer_id",
      "description",
      "status",
      "withheld",
      "answered_by",
      "created_at",
      "updated_at",
      "expires_at",
    ],
    stored.map(({ application, withheld }) => [
      application.applicationId,
      application.type,
      application.target,
      application.applicant ?? null,
      application.proposer ?? null,
      application.description,
      application.status,
      withheld,
      application.answeredBy ?? null,
      clock.toColumn(application.createdAt),
      clock.toColumn(application.updatedAt),
      clock.toColumn(application.expiresAt),
    ]),
    {
      key: ["application_id"],
      update: [
        "proposer_id",
        "description",
        "status",
        "withheld",
        "answered_by",
        "created_at",
        "updated_at",
        "expires_at",
      ],
    },
    transaction,
  );
}
