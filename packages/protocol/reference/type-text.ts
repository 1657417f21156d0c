/** The parts of a JSON Schema that our wire schemas use. */
export interface JsonSchema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  format?: string;
  contentMediaType?: string | string[];
  minLength?: number;
  maxLength?: number;
}

/** Named shapes: a schema that equals one of them is written by its name. */
export type NamedShapes = ReadonlyMap<string, string>;

/** Writes a schema as people write types: `{name: string, limit?: integer 1–500}`. */
export function typeText(schema: JsonSchema, named: NamedShapes, depth = 0): string {
  const name = depth > 0 ? named.get(shapeKey(schema)) : undefined;
  if (name !== undefined) return name;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeText(choice, named, depth + 1)))].join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  switch (schema.type) {
    case "array":
      return `[${schema.items ? typeText(schema.items, named, depth + 1) : "any"}]`;
    case "object":
      return objectText(schema, named, depth);
    case "integer":
    case "number":
      return schema.type + range(schema.minimum, schema.maximum);
    case "string":
      if (schema.format === "binary") return `bytes of ${[schema.contentMediaType ?? "an image"].flat().join(", ")}`;
      return `string${range(schema.minLength, schema.maxLength)}`;
    default:
      return schema.type ?? "any JSON";
  }
}

export function shapeKey(schema: unknown): string {
  return JSON.stringify(schema, (key, value: unknown) => (key === "$schema" ? undefined : value));
}

function objectText(schema: JsonSchema, named: NamedShapes, depth: number): string {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const optional = !required.has(name) || field.default !== undefined;
    const fallback = field.default === undefined ? "" : ` = ${JSON.stringify(field.default)}`;
    return `${name}${optional ? "?" : ""}: ${typeText(field, named, depth + 1)}${fallback}`;
  });
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function range(min: number | undefined, max: number | undefined): string {
  const low = min === undefined || min <= Number.MIN_SAFE_INTEGER ? undefined : min;
  const high = max === undefined || max >= Number.MAX_SAFE_INTEGER ? undefined : max;
  if (low === undefined && high === undefined) return "";
  if (low !== undefined && high !== undefined) return ` ${low}–${high}`;
  return low === undefined ? ` ≤ ${high}` : ` ≥ ${low}`;
}
