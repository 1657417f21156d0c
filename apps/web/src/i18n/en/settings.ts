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
  findMe: "Who can find me",
  findableByPhone: "Found by phone number",
  findableByPhoneHint: "Whoever enters your whole phone number finds you. The number itself is shown to nobody",
  findableByPhoneNone: "You have not given a phone number",
  findableByName: "Found by name",
  findableByNameHint:
    "Whoever enters the beginning of your name or username finds you. When off, people you have chatted with still see you",
  presence: "When you are online",
  hidePresence: "Hide when I am online",
  hidePresenceHint:
    "Nobody sees whether you are online or when you last were, and you do not see when others last were",
};
