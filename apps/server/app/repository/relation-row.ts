import type { UserId } from "@im-webapp/protocol";
import type { RelationSide } from "../core/timeline/relations.ts";
import type { ColumnClock } from "../infra/database/column-clock.ts";

/** Everything that the users of the pairs keep of each other: a row for a contact, and one for a block. */
export const RELATION_ROWS = `SELECT user_id, contact_id AS peer_id, 0 AS is_block, alias, favourite, since
  FROM contact WHERE conversation_id IN (:pairs)
  UNION ALL SELECT user_id, blocked_id, 1, NULL, 0, since FROM block WHERE conversation_id IN (:pairs)`;

export interface RelationRow {
  user_id: UserId;
  peer_id: UserId;
  is_block: number;
  alias: string | null;
  favourite: number;
  since: string;
}

/** The sides that the rows are of, each once. */
export function toRelationSides(rows: readonly RelationRow[], clock: ColumnClock): RelationSide[] {
  const sides = new Map<string, RelationSide>();
  for (const row of rows) {
    const key = `${row.user_id}\n${row.peer_id}`;
    const side = sides.get(key) ?? { userId: row.user_id, peerId: row.peer_id };
    const since = clock.fromColumn(row.since);
    sides.set(key, {
      ...side,
      ...(row.is_block !== 0
        ? { blockedAt: since }
        : { contact: { ...(row.alias !== null && { alias: row.alias }), favourite: row.favourite !== 0, since } }),
    });
  }
  return [...sides.values()];
}
