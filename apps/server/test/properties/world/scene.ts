import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createGroup } from "../../../app/core/groups/commands.ts";
import { Pipeline } from "../../../app/core/timeline/pipeline.ts";
import { migrate } from "../../../app/infra/database/migration/migrate.ts";
import { openDatabase } from "../../../app/infra/database/open.ts";
import { Sql } from "../../../app/repository/sql.ts";
import { SqlTimelineStore } from "../../../app/repository/timeline-store.ts";
import { FaultyStore } from "./faulty-store.ts";
import type { Ledger } from "./ledger.ts";
import { FANOUT_MAX_MEMBERS } from "./node.ts";
import { USERS } from "../steps.ts";
import { Turns } from "./turns.ts";

/** When every story begins: 2026-01-01. */
export const BEGINNING = Date.UTC(2026, 0, 1);

const open = (file: string) => openDatabase({ url: `sqlite:${file}`, timezone: "+08:00" });

/** The database as every story finds it, made once: some users, and nothing said. */
export class Scene {
  readonly #folder: string;
  readonly #template: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#template = path.join(folder, "template.sqlite");
  }

  static async make(): Promise<Scene> {
    const scene = new Scene(await mkdtemp(path.join(tmpdir(), "im-stories-")));
    const database = await open(scene.#template);
    await migrate(database);
    const { User, Timeline } = database.models;
    const times = { createdAt: BEGINNING, updatedAt: BEGINNING };
    await User.bulkCreate(
      USERS.map((userId) => ({ userId, username: userId, usernameKey: userId, displayName: userId, ...times })),
    );
    await Timeline.bulkCreate(USERS.map((userId) => ({ userId })));
    await database.close();
    return scene;
  }

  /** Lends a database of its own. */
  async with(use: (sql: Sql) => Promise<void>): Promise<void> {
    const file = path.join(this.#folder, "story.sqlite");
    await copyFile(this.#template, file);
    const database = await open(file);
    try {
      // Nobody pulls the plug of this machine on purpose.
      await database.sequelize.query("PRAGMA synchronous = OFF");
      await use(new Sql(database));
    } finally {
      await database.close();
    }
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Makes the groups that are there from the beginning: one at the threshold of a large one, and one of everybody. */
export async function begin(sql: Sql, ledger: Ledger): Promise<void> {
  const turns = new Turns();
  const nobody = { isAlive: true, kill: () => undefined };
  const store = new FaultyStore(new SqlTimelineStore(sql), turns, nobody, ledger);
  const [owner, ...others] = USERS;
  const pipeline = new Pipeline({
    store,
    clock: () => BEGINNING,
    fanoutMaxMembers: FANOUT_MAX_MEMBERS,
    onCommitted: () => undefined,
    onFault: () => undefined,
  });
  for (const [groupId, members] of [
    ["small", others.slice(0, FANOUT_MAX_MEMBERS - 1)],
    ["large", others],
  ] as const) {
    const made = pipeline.submit(createGroup(groupId, groupId, owner, members));
    await turns.quiet();
    await turns.next(0, "well");
    await made;
  }
}
