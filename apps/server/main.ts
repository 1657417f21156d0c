import cluster from "node:cluster";
import { createLog } from "./app/infra/log.ts";
import { readSettings, type Settings, SettingsError } from "./config/environment.ts";
import { migrateAtStart } from "./start/migrate-at-start.ts";
import { serve } from "./start/serve.ts";
import { superviseWorkers, WORKER_READY } from "./start/supervise.ts";

/** A stop that takes longer is cut short, in milliseconds; the operating contract allows 10 s. */
const STOP_DEADLINE_MS = 8_000;

const settings = readSettingsOrExit();
const log = createLog(settings.logLevel);

try {
  const starting = run();
  // Before it says that it listens: whoever stops it as soon as it does must find it listening to that, too.
  const end = (signal: string) => {
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.warn("stopping took too long");
      process.exit(0);
    }, STOP_DEADLINE_MS).unref();
    starting
      .then((server) => server.stop())
      .catch((error: unknown) => {
        log.error({ error }, "stopping failed");
      })
      .finally(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  await starting;
} catch (error) {
  log.fatal({ error }, "cannot start");
  process.exit(1);
}

async function run(): Promise<{ stop(): Promise<void> }> {
  if (cluster.isPrimary) {
    const applied = await migrateAtStart(settings);
    if (applied.length > 0) log.info({ applied }, "migrated");
    if (settings.workers > 1) return superviseWorkers(settings, log);
  }
  const running = await serve(settings, cluster.isPrimary);
  if (cluster.isPrimary) log.info({ url: running.url }, "listening");
  else process.send?.(WORKER_READY);
  return running;
}

function readSettingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`The environment is not usable. ${error.message}\n`);
    process.exit(1);
  }
}
