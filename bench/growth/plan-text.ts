import { align } from "../report/table.ts";
import type { Plan } from "./plans.ts";

/** Characters of a statement that a plan's heading shows. */
const STATEMENT_SHOWN = 400;

/** A statement with the steps of its plan, as a document shows them: those that are alike once. */
export function planText({ statement, steps }: Plan): string {
  const shown = statement.length > STATEMENT_SHOWN ? `${statement.slice(0, STATEMENT_SHOWN)} …` : statement;
  const all = steps.map((step) => [
    step.table ?? "–",
    step.type ?? "–",
    step.key ?? "–",
    String(step.rows ?? "–"),
    step.Extra ?? "",
  ]);
  const rows = [...new Map(all.map((row) => [row.join(), row])).values()];
  return `\`\`\`sql\n${shown}\n\`\`\`\n\n${align([["table", "access", "key", "rows", "extra"], ...rows], 5)}`;
}
