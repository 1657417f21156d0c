/** Quoted text (a doubled quote is part of it), a bracket or comma, or a run of anything else. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|[(),]|[^'"`(),]+/g;

/** The parts between the outermost brackets of a CREATE TABLE statement. */
function tableParts(sql: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token === ")") depth -= 1;
    const separates = depth === 1 && token === ",";
    if (depth >= 1 && !separates) part += token;
    if (separates || (depth === 0 && token === ")")) {
      parts.push(part.trim());
      part = "";
    }
    if (token === "(") depth += 1;
  }
  return parts;
}

/** A string literal, whose content says nothing about the table. */
const STRING = /'(?:[^']|'')*'/g;
const NAME = '(?:`([^`]+)`|"([^"]+)"|(\\w+))';
const CHECK = new RegExp(`^(?:CONSTRAINT\\s+${NAME}\\s+)?CHECK\\s*\\((.*)\\)$`, "is");
const NOCASE_COLUMN = new RegExp(`^${NAME}\\s.*\\sCOLLATE\\s+NOCASE\\b`, "is");

/** What a CREATE TABLE statement says and SQLite's PRAGMAs do not. */
export interface DdlDetails {
  /** Expressions by constraint name; by themselves where they have none. */
  readonly checks: ReadonlyMap<string, string>;
  readonly caseInsensitiveColumns: ReadonlySet<string>;
}

/** Reads a CREATE TABLE statement as SQLite keeps it in `sqlite_master`. */
export function parseCreateTable(sql: string): DdlDetails {
  const checks = new Map<string, string>();
  const caseInsensitiveColumns = new Set<string>();
  for (const part of tableParts(sql)) {
    const check = CHECK.exec(part);
    const column = NOCASE_COLUMN.exec(part.replaceAll(STRING, "''"));
    if (check) {
      const expression = (check[4] ?? "").replaceAll(/\s+/g, " ").trim();
      checks.set(check[1] ?? check[2] ?? check[3] ?? expression, expression);
    } else if (column) {
      caseInsensitiveColumns.add(column[1] ?? column[2] ?? column[3] ?? "");
    }
  }
  return { checks, caseInsensitiveColumns };
}
