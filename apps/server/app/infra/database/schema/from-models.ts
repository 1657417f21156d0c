import type { ModelAttributeColumnOptions, ModelOptions } from "sequelize";
import type { ColumnDefinition, IndexDefinition, TableDefinition } from "./definition.ts";

/** Tables by name, as somebody declares them. */
export type SchemaDefinition = Readonly<Record<string, TableDefinition>>;

/** What of a model says how its table looks. */
interface DescribedModel {
  readonly tableName: string;
  readonly options: Pick<ModelOptions, "indexes">;
  readonly checks: Readonly<Record<string, string>>;
  getAttributes(): Readonly<Record<string, ModelAttributeColumnOptions & { caseInsensitive?: boolean }>>;
}

function describeColumn(attribute: ModelAttributeColumnOptions & { caseInsensitive?: boolean }): ColumnDefinition {
  const { type, defaultValue } = attribute;
  if (typeof type !== "object") throw new TypeError(`${attribute.field} has no type that can be described`);
  const initial = typeof defaultValue === "boolean" ? Number(defaultValue) : defaultValue;
  return {
    type: type.toSql(),
    ...(attribute.allowNull === false ? {} : { nullable: true }),
    ...(typeof initial === "number" || typeof initial === "string" ? { default: initial } : {}),
    ...(attribute.caseInsensitive === true ? { caseInsensitive: true } : {}),
  };
}

function describeIndexes(model: DescribedModel): Record<string, IndexDefinition> {
  const indexes = (model.options.indexes ?? []).map((index): [string, IndexDefinition] => {
    const columns = (index.fields ?? []).filter((field) => typeof field === "string");
    if (index.name === undefined || columns.length !== index.fields?.length) {
      throw new TypeError(`an index of ${model.tableName} lacks a name, or has a column that is more than a name`);
    }
    return [index.name, { columns, ...(index.unique === true ? { unique: true } : {}) }];
  });
  return Object.fromEntries(indexes);
}

function describeModel(model: DescribedModel): TableDefinition {
  const attributes = Object.entries(model.getAttributes()).map(([name, attribute]) => ({
    column: attribute.field ?? name,
    attribute,
  }));
  return {
    columns: Object.fromEntries(attributes.map(({ column, attribute }) => [column, describeColumn(attribute)])),
    primaryKey: attributes.filter(({ attribute }) => attribute.primaryKey === true).map(({ column }) => column),
    indexes: describeIndexes(model),
    checks: { ...model.checks },
  };
}

/**
 * The tables that the models expect.
 *
 * @throws {TypeError} for an index without a name or of more than plain columns: migrations could not tell it apart
 */
export function describeModels(models: Readonly<Record<string, DescribedModel>>): SchemaDefinition {
  return Object.fromEntries(Object.values(models).map((model) => [model.tableName, describeModel(model)]));
}
