import { content, displayName, entry, groupName, id, mentions, message, phone, username } from "@im-webapp/protocol";
import type { RawDatabase, Row } from "../support/raw-database.ts";

type Schema = { safeParse(value: unknown): { success: boolean; data?: unknown } };

/** What a JSON column holds, which both databases give as text here. */
const parsed = (value: unknown): unknown => (typeof value === "string" ? (JSON.parse(value) as unknown) : value);

/** The schema takes the value as it is: nothing is left to be trimmed or folded. */
function keeps(schema: Schema, value: unknown): boolean {
  const result = schema.safeParse(value);
  return result.success && result.data === value;
}

const TYPES: ReadonlySet<unknown> = new Set(entry.options.map(({ shape }) => shape.type.value));

/** What each table's rows must satisfy; the answer names the columns that do not. */
const CHECKS: Readonly<Record<string, (row: Row) => readonly (string | false)[]>> = {
  user: (row) => [
    !keeps(id, row["user_id"]) && "user_id",
    !keeps(username, row["username"]) && "username",
    !keeps(displayName, row["display_name"]) && "display_name",
    row["phone"] !== null && !keeps(phone, row["phone"]) && "phone",
  ],
  device: (row) => [!keeps(id, row["device_id"]) && "device_id", !keeps(groupName, row["name"]) && "name"],
  group: (row) => [!keeps(id, row["group_id"]) && "group_id", !keeps(groupName, row["name"]) && "name"],
  message: (row) => [
    !keeps(id, row["conversation_id"]) && "conversation_id",
    !content.safeParse(parsed(row["content"])).success && "content",
    row["mentions"] !== null && !mentions.safeParse(parsed(row["mentions"])).success && "mentions",
    row["reply_to"] !== null && !message.shape.replyTo.safeParse(row["reply_to"]).success && "reply_to",
    Number(row["seq"]) < 1 && "seq",
  ],
  push_history: (row) => [!TYPES.has(row["type"]) && "type", Number(row["seq"]) < 1 && "seq"],
};

/** Every row that a schema of the protocol would refuse, one line each. */
export async function problemsOfRows(database: RawDatabase): Promise<string[]> {
  const problems: string[] = [];
  for (const [table, check] of Object.entries(CHECKS)) {
    for (const row of await database.rows(table)) {
      const columns = check(row).filter((column) => column !== false);
      if (columns.length > 0) problems.push(`${table} ${columns.join(", ")}: ${JSON.stringify(row).slice(0, 500)}`);
    }
  }
  return problems;
}
