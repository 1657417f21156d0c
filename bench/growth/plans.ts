import type { BenchDatabase } from "../measure/database.ts";

/** A statement that the server sends, and how the database answers it. */
export interface Plan {
  readonly statement: string;
  readonly steps: readonly PlanStep[];
}

export interface PlanStep {
  readonly table: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly rows: number | null;
  readonly Extra: string | null;
}

/** Statements that say something about the session and nothing about the tables. */
const READS_OR_CHANGES = /^(SELECT .* FROM|UPDATE|DELETE)/s;

/** Writes down every statement that the server sends while `work` runs, each form once, with its plan. */
export async function plansOf(database: BenchDatabase, schema: string, work: () => Promise<void>): Promise<Plan[]> {
  await database.run("SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = 1");
  try {
    await work();
  } finally {
    await database.run("SET GLOBAL general_log = 0");
  }
  const heard = await database.rows<{ argument: Buffer | string }>(
    "SELECT argument FROM mysql.general_log WHERE command_type IN ('Query', 'Execute') AND user_host LIKE 'im\\_%'",
  );
  await database.run(`USE ${schema}`);
  const plans = new Map<string, Plan>();
  for (const { argument } of heard) {
    for (const statement of String(argument).split(/;\s*(?=[A-Z])/)) {
      const form = formOf(statement);
      if (!READS_OR_CHANGES.test(statement.trim()) || plans.has(form)) continue;
      // A prepared statement is logged with its placeholders; the plan does not depend on the value.
      const explained = /=\s*\?/.test(statement) ? statement.replaceAll("?", "'x'") : statement;
      plans.set(form, { statement: form, steps: await database.rows<PlanStep>(`EXPLAIN ${explained}`) });
    }
  }
  return [...plans.values()];
}

/** A statement without its values: lists are cut down to one, and so is what is the same for many places. */
function formOf(statement: string): string {
  return statement
    .replaceAll(/'(?:[^'\\]|\\.)*'/g, "?")
    .replaceAll(/\b\d+\b/g, "?")
    .replaceAll(/\(\?(?:, ?\?)+\)/g, "(?, …)")
    .replaceAll(/\(\?\)/g, "(?, …)")
    .replaceAll(/\s+/g, " ")
    .replace(/ UNION ALL .*$/, " UNION ALL …")
    .trim();
}
