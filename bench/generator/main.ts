/** The load generator's process: does what its parent asks, one command after the other, and ends with its parent. */
import { type Commands, Worker } from "./commands.ts";

interface Request {
  command: keyof Commands;
  options: unknown;
}

const worker = new Worker();

process.on("message", (request: Request) => {
  const run = worker[request.command] as (options: unknown) => Promise<unknown>;
  run(request.options).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));
