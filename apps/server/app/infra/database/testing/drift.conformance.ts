import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Models } from "../../../model/index.ts";
import { declaredSchema, findDrift, migratedSchema } from "../drift/check.ts";
import { makeMigration } from "../drift/make.ts";
import { type ScratchHost, withScratchDatabase } from "../drift/scratch.ts";
import { MIGRATIONS_FOLDER } from "../../../../config/folders.ts";
import { migrate } from "../migration/migrate.ts";
import type { TableDefinition } from "../schema/definition.ts";
import { compareSchemas, describeDifference } from "../schema/difference.ts";
import { describeModels, type SchemaDefinition } from "../schema/from-models.ts";
import type { SchemaShape } from "../schema/shape.ts";

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
type Draft = Mutable<SchemaDefinition>;

/** The models as they are but for what `change` does to them. */
const changed = (change: (draft: Record<string, Mutable<Required<TableDefinition>>>) => void) => (models: Models) => {
  const draft = structuredClone(describeModels(models)) as Draft;
  change(draft as Record<string, Mutable<Required<TableDefinition>>>);
  return draft;
};

/** A change of the models, and what the check must then say. */
const CHANGES: [string, (models: Models) => SchemaDefinition, RegExp][] = [
  [
    "a new table",
    changed(
      (s) => (s.fruit = { columns: { name: { type: "CHAR(9)" } }, primaryKey: ["name"], indexes: {}, checks: {} }),
    ),
    /^table fruit: only in the models/,
  ],
  ["a dropped table", changed((s) => delete s.setting), /^table setting: only in the migrated database/],
  [
    "a new column",
    changed((s) => (s.user!.columns.mood = { type: "INTEGER" })),
    /^column user.mood: only in the models: int.*, not null, no default/,
  ],
  [
    "a dropped column",
    changed((s) => delete s.user!.columns.avatar),
    /^column user.avatar: only in the migrated database: varchar\(255\), null/,
  ],
  [
    "another length",
    changed((s) => (s.user!.columns.avatar!.type = "VARCHAR(256)")),
    /^column user.avatar: varchar\(256\), null, .* in the models, varchar\(255\), null, .* in the migrated database$/,
  ],
  [
    "another type",
    changed((s) => (s.member!.columns.past_spans!.type = "LONGTEXT")),
    /^column member.past_spans: longtext.* in the models, json.* in the migrated database$/,
  ],
  [
    "another precision of time",
    changed((s) => (s.message!.columns.sent_at!.type = "DATETIME")),
    /^column message.sent_at: datetime, .* in the models, datetime\(3\), /,
  ],
  [
    "null allowed",
    changed((s) => (s.device!.columns.name!.nullable = true)),
    /^column device.name: varchar\(64\), null, .* in the models, varchar\(64\), not null, /,
  ],
  [
    "another default",
    changed((s) => (s.message!.columns.version!.default = 2)),
    /^column message.version: .*default 2.* in the models, .*default 1/,
  ],
  [
    "a default gone",
    changed((s) => delete s.timeline!.columns.head!.default),
    /^column timeline.head: .*no default.* in the models, .*default 0/,
  ],
  [
    "another comparison",
    changed((s) => delete s.user!.columns.display_name!.caseInsensitive),
    /^column user.display_name: .*compared as \w*bin\w* in the models, .*compared as (nocase|\w+_ci) in/,
  ],
  [
    "a column outside the primary key",
    changed((s) => s.device!.primaryKey.pop()),
    /^primary key device: \(user_id\) in the models, \(user_id, device_id\) in the migrated database$/,
  ],
  [
    "a new index",
    changed((s) => (s.message!.indexes.message_sent_at = { columns: ["sent_at"] })),
    /^index message.message_sent_at: only in the models: \(sent_at\)$/,
  ],
  [
    "a dropped index",
    changed((s) => delete s.message!.indexes.message_sender_client_message_id),
    /^index message.message_sender_client_message_id: only in the migrated database: unique/,
  ],
  [
    "an index no longer unique",
    changed((s) => delete s.user!.indexes.user_phone!.unique),
    /^index user.user_phone: \(phone\) in the models, unique \(phone\) in the migrated database$/,
  ],
  [
    "another order in an index",
    changed((s) => (s.member!.indexes.member_user_id_conversation_id!.columns = ["conversation_id", "user_id"])),
    /^index member.\w+: \(conversation_id, user_id\) in the models, \(user_id, conversation_id\) in/,
  ],
  [
    "a new check",
    changed((s) => (s.member!.checks.member_role = "role >= 0")),
    /^check member.member_role: only in the models: `?role`? >= 0$/,
  ],
  [
    "a dropped check",
    changed((s) => delete s.message!.checks.message_target),
    /^check message.message_target: only in the migrated database/,
  ],
  [
    "another check",
    changed((s) => (s.message!.checks.message_target = "seq > 0")),
    /^check message.message_target: `?seq`? > 0 in the models, .*sender_id.* in the migrated database$/,
  ],
  [
    "a model that Sequelize itself sees differently",
    (models) => {
      models.Member.getAttributes().draft.allowNull = false;
      return describeModels(models);
    },
    /^column member.draft: text, not null, .* in the models, text, null, /,
  ],
];

/** What `makeMigration` must carry over, all at once. */
const REDESIGN = changed((s) => {
  s.fruit = {
    columns: { name: { type: "VARCHAR(64)" }, price: { type: "BIGINT", default: 0 } },
    primaryKey: ["name"],
    indexes: { fruit_price: { columns: ["price", "name"], unique: true } },
    checks: { fruit_price_positive: "price >= 0" },
  };
  s.user!.columns.birthday = { type: "DATETIME(3)", nullable: true };
  s.user!.columns.mood = { type: "VARCHAR(16)", default: "it's \\ fine" };
  s.user!.columns.motto = { type: "VARCHAR(64)" };
  s.user!.columns.username!.type = "VARCHAR(96)";
  s.user!.columns.avatar = { type: "VARCHAR(255)", default: "none" };
  delete s.user!.columns.display_name!.caseInsensitive;
  s.device!.columns.name!.nullable = true;
  delete s.timeline!.columns.head!.default;
  delete s.user!.indexes.user_phone!.unique;
  delete s.user!.indexes.user_display_name;
  s.user!.indexes.user_mood = { columns: ["mood"] };
  s.message!.checks.message_target = "sender_id <> 'nobody'";
  s.message!.checks.message_seq = "seq > 0";
});

const LOSS = changed((s) => {
  delete s.user!.columns.avatar;
  delete s.setting;
});

/** The check of models against migrations, and the migrations written from what it finds, on any dialect. */
export function driftConformance(host: () => ScratchHost): void {
  const drift = async (declare?: (models: Models) => SchemaDefinition, folder?: string): Promise<string[]> =>
    (await findDrift(host(), { declare, folder })).map(describeDifference);

  it("finds that our models and migrations agree", async () => {
    expect(await drift()).toEqual([]);
  });

  describe("beside what the migrations make", () => {
    let migrated: SchemaShape;

    beforeAll(async () => {
      migrated = await migratedSchema(host());
    });

    it.each(CHANGES)("finds %s", async (_, declare, finding) => {
      const differences = compareSchemas(await declaredSchema(host(), declare), migrated).map(describeDifference);
      expect(differences).toHaveLength(1);
      expect(differences[0]).toMatch(finding);
    });
  });

  describe("with a folder of its own", () => {
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), "im-migrations-"));
      for (const name of await readdir(MIGRATIONS_FOLDER)) {
        await copyFile(path.join(MIGRATIONS_FOLDER, name), path.join(folder, name));
      }
    });

    afterEach(() => rm(folder, { recursive: true }));

    it("finds what a migration does and no model knows of", async () => {
      await writeFile(
        path.join(folder, "29990101000000-stray.ts"),
        `export const up = async ({ schema }) => {
          await schema.dropIndex("user", "user_phone");
          await schema.dropCheck("message", "message_target");
          await schema.addCheck("message", "message_version", "version > 0");
          await schema.changeColumn("timeline", "head", { type: "BIGINT", default: 1 });
          await schema.addColumn("timeline", "mood", { type: "TEXT", nullable: true });
        };`,
      );
      expect((await drift(undefined, folder)).map((line) => line.replace(/: .*/, ""))).toEqual([
        "check message.message_target",
        "check message.message_version",
        "column timeline.head",
        "column timeline.mood",
        "index user.user_phone",
      ]);
    });

    it("writes nothing when nothing differs", async () => {
      expect(await makeMigration("nothing", { folder })).toBeUndefined();
      await expect(makeMigration("No Name", { folder })).rejects.toThrow("a migration's name");
    });

    it("writes what brings the schema to the models, in files that run one after the other", async () => {
      const file = await makeMigration("redesign", { folder, declare: REDESIGN });
      expect(path.basename(file ?? "")).toMatch(/^\d{14}-redesign\.ts$/);
      expect(await drift(REDESIGN, folder)).toEqual([]);
      expect(await makeMigration("nothing", { folder, declare: REDESIGN })).toBeUndefined();
      // And all the way back to the models as they are.
      const back = await makeMigration("back", { folder });
      expect((back ?? "") > (file ?? "")).toBe(true);
      expect(await readFile(back ?? "", "utf8")).toContain('  // await schema.dropTable("fruit");');
    });

    it("keeps the rows, and fills what may not be null", () =>
      withScratchDatabase(host(), async (database) => {
        await migrate(database, { folder });
        const at = database.clock.toColumn(0);
        await database.sequelize.query(
          `INSERT INTO user (user_id, username, username_key, display_name, created_at, updated_at)
           VALUES ('u1', 'Ada', 'ada', 'Ada', '${at}', '${at}')`,
        );
        await makeMigration("redesign", { folder, declare: REDESIGN });
        await migrate(database, { folder });
        expect((await database.sequelize.query("SELECT * FROM user"))[0]).toMatchObject([
          {
            user_id: "u1",
            username: "Ada",
            username_key: "ada",
            phone: null,
            display_name: "Ada",
            avatar: "none",
            password_hash: null,
            created_at: at,
            updated_at: at,
            birthday: null,
            mood: "it's \\ fine",
            motto: "",
          },
        ]);
      }));

    it("refuses a column that existing rows cannot have", () =>
      withScratchDatabase(host(), async (database) => {
        await migrate(database, { folder });
        await database.sequelize.query("INSERT INTO setting (name, value) VALUES ('a', 'b')");
        const declare = changed((s) => (s.setting!.columns.since = { type: "DATETIME(3)" }));
        await makeMigration("since", { folder, declare });
        await expect(migrate(database, { folder })).rejects.toThrow("setting has rows, so its new column since");
      }));

    it("writes what throws data away as a comment, with a warning", async () => {
      const file = (await makeMigration("loss", { folder, declare: LOSS })) ?? "";
      const source = await readFile(file, "utf8");
      expect(source).toContain("WARNING");
      expect(await drift(LOSS, folder)).toHaveLength(2);

      await rm(file);
      await writeFile(file.replace("loss", "loss-meant"), source.replaceAll("  // await", "  await"));
      expect(await drift(LOSS, folder)).toEqual([]);
    });

    it("leaves a changed primary key to people", async () => {
      const declare = changed((s) => (s.device!.primaryKey = ["device_id", "user_id"]));
      await expect(makeMigration("key", { folder, declare })).rejects.toThrow("primary key of device differs");
    });
  });
}
