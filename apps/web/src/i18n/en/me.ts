import type { Messages } from "../messages.ts";

export const me: Messages["me"] = {
  title: "Me",
  language: "Language",
  theme: "Appearance",
  themeSystem: "System",
  themeLight: "Light",
  themeDark: "Dark",
  general: "General",
  account: "Account",
  phone: "Phone number",
  noPhone: "Not given",
  privacy: "Privacy",
  hidePresence: "Hide when I am online",
  hidePresenceHint:
    "Nobody sees whether you are online or when you last were, and you do not see when others last were",
  username: "Username",
};
