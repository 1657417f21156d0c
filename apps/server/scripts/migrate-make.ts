import path from "node:path";
import { makeMigration } from "../app/infra/database/drift/make.ts";

/** `npm run migrate:make -- NAME`: writes the migration that brings the schema to the models. */
const name = process.argv[2];
if (name === undefined) {
  console.error("usage: npm run migrate:make -- a-few-words");
  process.exitCode = 2;
} else {
  const file = await makeMigration(name);
  console.log(file === undefined ? "nothing differs" : `wrote ${path.relative(process.cwd(), file)}; read it first`);
}
