import { randomUUID } from "node:crypto";
import path from "node:path";
import { readSettings } from "./environment.ts";
import { WEB_FOLDER } from "./folders.ts";

/** Largest body of a REST call; files have their own way in. */
const BODY_LIMIT = "1mb";

/** How long a browser keeps a script or style, in seconds: a year, because their names change with their content. */
const ASSET_MAX_AGE_S = 31_536_000;

export default function config() {
  const { dataDir } = readSettings(process.env);
  return {
    // Egg signs cookies with it. We set none, so nothing depends on it from one start to the next.
    keys: randomUUID(),
    rundir: path.join(dataDir, "run"),
    // Our own log is pino's, on standard output; Egg's goes to files and there only what is wrong.
    logger: { dir: path.join(dataDir, "logs"), level: "WARN", consoleLevel: "ERROR" },
    bodyParser: { jsonLimit: BODY_LIMIT, formLimit: BODY_LIMIT, textLimit: BODY_LIMIT, enableTypes: ["json"] },
    // `wireErrors` says it in the protocol's form.
    notfound: { enable: false },
    siteFile: { "/favicon.ico": "/icon.svg" },
    static: {
      prefix: "/assets/",
      dir: path.join(WEB_FOLDER, "assets/"),
      dynamic: true,
      preload: false,
      buffer: true,
      gzip: true,
      maxAge: ASSET_MAX_AGE_S,
    },
  };
}
