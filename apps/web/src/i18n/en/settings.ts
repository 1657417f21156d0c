import type { Messages } from "../messages.ts";

export const settings: Messages["settings"] = {
  blocked: "Blocked people",
  blockedHint: "You take no direct messages from them",
  title: "Me",
  sections: "Settings",
  general: "General",
  generalHint: "Language and appearance",
  profile: "Profile",
  profileHint: "Portrait, name, gender, about you, phone",
  privacy: "Privacy",
  privacyHint: "Who can find you, when you are online",
  language: "Language",
  theme: "Appearance",
  themeSystem: "System",
  themeLight: "Light",
  themeDark: "Dark",
  hidePresence: "Hide when I am online",
  hidePresenceHint:
    "Nobody sees whether you are online or when you last were, and you do not see when others last were",
  security: "Security",
  securityHint: "Password, two-factor",
  devices: "Devices",
  devicesHint: "Where you are logged in",
  data: "My data",
  dataHint: "Export, delete account",
};
