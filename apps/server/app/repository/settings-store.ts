import { randomBytes } from "node:crypto";
import { newId } from "../core/shared/ids.ts";
import type { Sql } from "./sql.ts";

/** The life of this database: made with the first start on it, the same for every node ever after. */
export async function readEpoch(sql: Sql): Promise<string> {
  return readOnce(sql, "epoch", newId());
}

/** Entropy of a signing key in bytes. */
const KEY_BYTES = 32;

/** The key that signs the addresses of files: made with the first start, the same for every node. */
export async function readFileKey(sql: Sql): Promise<Uint8Array> {
  return Buffer.from(await readOnce(sql, "file-key", randomBytes(KEY_BYTES).toString("base64")), "base64");
}

/** The key that signs what mails carry: made with the first start, the same for every node. */
export async function readMailKey(sql: Sql): Promise<Uint8Array> {
  return Buffer.from(await readOnce(sql, "mail-key", randomBytes(KEY_BYTES).toString("base64")), "base64");
}

/** The keys that name this installation to push services (VAPID): made with the first start, the same for every node. */
export async function readVapidKeys(
  sql: Sql,
  make: () => { publicKey: string; privateKey: string },
): Promise<{ publicKey: string; privateKey: string }> {
  const { publicKey, privateKey } = make();
  // One setting, so that two nodes that start at the same time cannot mix their halves.
  const [kept = "", secret = ""] = (await readOnce(sql, "vapid-keys", `${publicKey} ${privateKey}`)).split(" ");
  return { publicKey: kept, privateKey: secret };
}

/** The value of a setting that never changes, which is `first` where nobody has set it. */
async function readOnce(sql: Sql, name: string, first: string): Promise<string> {
  await sql.insert("setting", ["name", "value"], [[name, first]], "ignore");
  const [row] = await sql.select<{ value: string }>("SELECT value FROM setting WHERE name = :name", { name });
  if (!row) throw new Error(`the database keeps no ${name}`);
  return row.value;
}
