import { type BuildOptions, type CreationAttributes, DataTypes, Model, type ModelStatic } from "sequelize";
import { EpochMsType } from "./columns.ts";

type Decode = (value: unknown) => unknown;

function decoderOf(type: unknown): Decode | undefined {
  if (type instanceof EpochMsType) return (value) => (typeof value === "string" ? type.parse(value) : value);
  // SQLite keeps a bare JSON number as a number; everything else is text.
  if (type instanceof DataTypes.JSON) {
    return (value): unknown => (typeof value === "string" ? JSON.parse(value) : value);
  }
  if (type instanceof DataTypes.BOOLEAN) return (value) => (typeof value === "number" ? value !== 0 : value);
  return undefined;
}

const decoders = new WeakMap<object, ReadonlyMap<string, Decode>>();

function decodersOf(model: ModelStatic<Model>): ReadonlyMap<string, Decode> {
  let found = decoders.get(model);
  if (!found) {
    const list = Object.entries(model.getAttributes()).flatMap(([name, { type }]): [string, Decode][] => {
      const decode = decoderOf(type);
      return decode ? [[name, decode]] : [];
    });
    found = new Map(list);
    decoders.set(model, found);
  }
  return found;
}

/**
 * What every model of ours adds to Sequelize's: named CHECK constraints, and one way of reading times, JSON and
 * booleans that is the same for each dialect. It holds for instances; `raw: true` gives what the database gave.
 */
export abstract class Table<A extends object, C extends object> extends Model<A, C> {
  /** CHECK constraints by name. Each expression is plain SQL of both dialects, columns by their own names. */
  static readonly checks: Readonly<Record<string, string>> = {};

  static override bulkBuild<M extends Model>(
    this: ModelStatic<M>,
    records: ReadonlyArray<CreationAttributes<M>>,
    options?: BuildOptions,
  ): M[] {
    if (options?.raw === true && options.isNewRecord === false) {
      const decode = decodersOf(this);
      for (const record of records as readonly Record<string, unknown>[]) {
        for (const [name, value] of Object.entries(record)) {
          const decoder = decode.get(name);
          if (decoder && value !== null) record[name] = decoder(value);
        }
      }
    }
    return super.bulkBuild.call(this, records, options) as M[];
  }
}
