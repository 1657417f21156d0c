import type { Messages } from "../messages.ts";

export const app: Messages["app"] = {
  name: "Instant Messaging",
  tagline: "Saved first, then delivered to every device of yours.",
  skip: "Skip to main content",
  updateReady: "A new version is ready",
  update: "Reload",
};
