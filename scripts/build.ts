/** Builds what `npm start` runs: the server and the web app, each only when its sources have changed. */
import { buildServerIfStale } from "./build-server.ts";
import { buildWebIfStale } from "./build-web.ts";

buildWebIfStale();
await buildServerIfStale();
