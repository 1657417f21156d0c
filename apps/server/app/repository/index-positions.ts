import type { ChangePosition, IndexPosition, IndexPositions } from "../core/search/index-ports.ts";
import type { Sql, Work } from "./sql.ts";

/** Notes up to which messages the index has come. */
export async function addPositions(sql: Sql, positions: readonly IndexPosition[], transaction?: Work): Promise<void> {
  await sql.insert(
    "search_position",
    ["conversation_id", "seq", "change_seq"],
    positions.map(({ conversationId, seq, changeSeq }) => [conversationId, seq, changeSeq]),
    // What changes the index has followed in a conversation that it knows is said by `followChanges` alone.
    { key: ["conversation_id"], update: ["seq"] },
    transaction,
  );
}

/** Notes up to which changes the index has come. */
export async function followChanges(sql: Sql, positions: readonly ChangePosition[], transaction?: Work): Promise<void> {
  for (const position of positions) {
    await sql.run(
      "UPDATE search_position SET change_seq = :changeSeq WHERE conversation_id = :conversationId",
      { ...position },
      transaction,
    );
  }
}

/** The positions of an index that is kept elsewhere. */
export class SqlIndexPositions implements IndexPositions {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  add(positions: readonly IndexPosition[]): Promise<void> {
    return addPositions(this.#sql, positions);
  }

  follow(positions: readonly ChangePosition[]): Promise<void> {
    return followChanges(this.#sql, positions);
  }

  clear(): Promise<void> {
    return this.#sql.run("DELETE FROM search_position", {});
  }
}
