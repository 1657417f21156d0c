import type { UserId } from "@im-webapp/protocol";
import type { AccountChange } from "../core/timeline/model.ts";
import type { Sql, Work } from "./sql.ts";
import type { Value } from "./statement.ts";

/** Writes a change of one account. One whose new phone number is another's meanwhile stays as it is, as a whole. */
export async function writeAccount(
  sql: Sql,
  userId: UserId,
  change: AccountChange,
  at: string,
  transaction: Work,
): Promise<void> {
  const columns = columnsOf(change);
  const set = Object.keys(columns).map((column) => `\`${column}\` = :${column}`);
  // Refusing would take the whole batch with it; the caller looks whether the number has become theirs.
  const verb = change.phone === undefined || change.phone === null ? "UPDATE" : sql.updateIgnore;
  await sql.run(
    `${verb} \`user\` SET ${[...set, "updated_at = :at"].join(", ")} WHERE user_id = :userId`,
    { ...columns, at, userId },
    transaction,
  );
}

function columnsOf(change: AccountChange): Record<string, Value> {
  const all = {
    display_name: change.displayName,
    avatar: change.avatar,
    gender: change.gender,
    description: change.description,
    phone: change.phone,
    hide_presence: change.hidePresence,
    hide_phone: change.findableByPhone === undefined ? undefined : !change.findableByPhone,
    hide_name: change.findableByName === undefined ? undefined : !change.findableByName,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([column, value]): [string, Value][] => (value === undefined ? [] : [[column, value]])),
  );
}
