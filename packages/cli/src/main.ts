#!/usr/bin/env node
import { ImError } from "@im-webapp/client";
import { COMMANDS, USAGE } from "./commands.ts";

const [name = "help", ...words] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name as keyof typeof COMMANDS] : undefined;
if (!command) {
  process.stderr.write(USAGE);
  process.exit(name === "help" ? 0 : 2);
}
try {
  await command(words);
  process.exit(0);
} catch (error) {
  process.stderr.write(`im: ${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof ImError && error.code === "UNAUTHENTICATED")
    process.stderr.write("Sign in with: im login URL NAME\n");
  process.exit(1);
}
