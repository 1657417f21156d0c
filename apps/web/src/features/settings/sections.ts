import { Ban, type LucideIcon, Lock, SlidersHorizontal, UserRound } from "lucide-react";

/** A page of the settings, and how the list shows it. */
export interface SettingsSection {
  /** The last part of its address, `/settings/:path`. */
  readonly path: string;
  readonly title: `settings.${"profile" | "privacy" | "blocked" | "general"}`;
  /** What is there, in a few words. */
  readonly hint: `settings.${"profile" | "privacy" | "blocked" | "general"}Hint`;
  readonly icon: LucideIcon;
}

/** The settings in the order of the list. Each has its page in `routes.tsx`. */
export const SETTINGS_SECTIONS: readonly SettingsSection[] = [
  { path: "profile", title: "settings.profile", hint: "settings.profileHint", icon: UserRound },
  { path: "privacy", title: "settings.privacy", hint: "settings.privacyHint", icon: Lock },
  { path: "blocked", title: "settings.blocked", hint: "settings.blockedHint", icon: Ban },
  { path: "general", title: "settings.general", hint: "settings.generalHint", icon: SlidersHorizontal },
];
