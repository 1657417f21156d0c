import { buildWebIfMissing } from "./build-web.ts";

buildWebIfMissing();
// In this process, so that signals reach the server itself.
await import("../apps/server/main.ts");
