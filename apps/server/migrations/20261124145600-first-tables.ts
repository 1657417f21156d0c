import type { ColumnDefinition } from "../app/infra/database/schema/definition.ts";
import type { Migration } from "../app/infra/database/migration/migration.ts";

const ID: ColumnDefinition = { type: "VARCHAR(64)" };
const OPTIONAL_ID: ColumnDefinition = { type: "VARCHAR(64)", nullable: true };
const SEQ: ColumnDefinition = { type: "BIGINT", default: 0 };
const OPTIONAL_SEQ: ColumnDefinition = { type: "BIGINT", nullable: true };
const TIME: ColumnDefinition = { type: "DATETIME(3)" };
const OPTIONAL_TIME: ColumnDefinition = { type: "DATETIME(3)", nullable: true };
const FLAG: ColumnDefinition = { type: "TINYINT(1)", default: 0 };
const OPTIONAL_JSON: ColumnDefinition = { type: "JSON", nullable: true };

/** People, their devices, conversations, and the two stores: `message` and `push_history`. */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("user", {
    columns: {
      user_id: ID,
      username: { type: "VARCHAR(64)" },
      username_key: { type: "VARCHAR(128)" },
      phone: { type: "VARCHAR(20)", nullable: true },
      display_name: { type: "VARCHAR(64)", caseInsensitive: true },
      avatar: { type: "VARCHAR(255)", nullable: true },
      password_hash: { type: "VARCHAR(255)", nullable: true },
      created_at: TIME,
      updated_at: TIME,
    },
    primaryKey: ["user_id"],
    indexes: {
      user_username_key: { columns: ["username_key"], unique: true },
      user_phone: { columns: ["phone"], unique: true },
      user_display_name: { columns: ["display_name"] },
    },
  });

  await schema.createTable("device", {
    columns: {
      user_id: ID,
      device_id: ID,
      name: { type: "VARCHAR(64)" },
      session_id: OPTIONAL_ID,
      token_hash: { type: "CHAR(64)", nullable: true },
      expires_at: OPTIONAL_TIME,
      cursor_seq: SEQ,
      last_seen_at: OPTIONAL_TIME,
      created_at: TIME,
      updated_at: TIME,
    },
    primaryKey: ["user_id", "device_id"],
    indexes: { device_token_hash: { columns: ["token_hash"], unique: true } },
  });

  await schema.createTable("timeline", {
    columns: { user_id: ID, head: SEQ, trimmed: SEQ },
    primaryKey: ["user_id"],
  });

  await schema.createTable("conversation", {
    columns: {
      conversation_id: ID,
      type: { type: "VARCHAR(16)" },
      last_seq: SEQ,
      change_seq: SEQ,
      member_version: SEQ,
      member_count: { type: "INTEGER", default: 0 },
      created_at: TIME,
    },
    primaryKey: ["conversation_id"],
  });

  await schema.createTable("group", {
    columns: {
      group_id: ID,
      conversation_id: ID,
      name: { type: "VARCHAR(64)" },
      owner_id: ID,
      created_at: TIME,
      updated_at: TIME,
    },
    primaryKey: ["group_id"],
    indexes: { group_conversation_id: { columns: ["conversation_id"], unique: true } },
  });

  await schema.createTable("member", {
    columns: {
      conversation_id: ID,
      user_id: ID,
      peer_id: OPTIONAL_ID,
      role: { type: "INTEGER", default: 0 },
      from_seq: SEQ,
      left_seq: OPTIONAL_SEQ,
      past_spans: OPTIONAL_JSON,
      read_seq: SEQ,
      pinned: FLAG,
      muted: FLAG,
      hidden: FLAG,
      draft: { type: "TEXT", nullable: true },
      joined_at: TIME,
    },
    primaryKey: ["conversation_id", "user_id"],
    indexes: { member_user_id_conversation_id: { columns: ["user_id", "conversation_id"] } },
  });

  await schema.createTable("message", {
    columns: {
      conversation_id: ID,
      seq: { type: "BIGINT" },
      sender_id: ID,
      receiver_id: OPTIONAL_ID,
      group_id: OPTIONAL_ID,
      client_message_id: { type: "VARCHAR(64)" },
      content: { type: "JSON" },
      version: { type: "INTEGER", default: 1 },
      reply_to: OPTIONAL_SEQ,
      mentions: OPTIONAL_JSON,
      reactions: OPTIONAL_JSON,
      change_seq: SEQ,
      sent_at: TIME,
      edited_at: OPTIONAL_TIME,
      recalled_at: OPTIONAL_TIME,
    },
    primaryKey: ["conversation_id", "seq"],
    indexes: {
      message_sender_client_message_id: { columns: ["sender_id", "client_message_id"], unique: true },
      message_conversation_id_change_seq: { columns: ["conversation_id", "change_seq"] },
    },
    checks: {
      message_target:
        "sender_id = 'system' OR (receiver_id IS NULL AND group_id IS NOT NULL) OR (receiver_id IS NOT NULL AND group_id IS NULL)",
    },
  });

  await schema.createTable("push_history", {
    columns: {
      user_id: ID,
      seq: { type: "BIGINT" },
      type: { type: "VARCHAR(16)" },
      conversation_id: OPTIONAL_ID,
      message_seq: OPTIONAL_SEQ,
      payload: OPTIONAL_JSON,
      at: TIME,
    },
    primaryKey: ["user_id", "seq"],
  });

  await schema.createTable("setting", {
    columns: { name: { type: "VARCHAR(64)" }, value: { type: "VARCHAR(255)" } },
    primaryKey: ["name"],
  });
};
