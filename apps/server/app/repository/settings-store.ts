import { newId } from "../core/shared/ids.ts";
import type { Sql } from "./sql.ts";

/** The life of this database: made with the first start on it, the same for every node ever after. */
export async function readEpoch(sql: Sql): Promise<string> {
  await sql.insert("setting", ["name", "value"], [["epoch", newId()]], "ignore");
  const [row] = await sql.select<{ value: string }>("SELECT value FROM setting WHERE name = 'epoch'", {});
  if (!row) throw new Error("the database keeps no epoch");
  return row.value;
}
