import {
  Ban,
  Bell,
  Database,
  type LucideIcon,
  Lock,
  MonitorSmartphone,
  ShieldCheck,
  SlidersHorizontal,
  UserRound,
} from "lucide-react";

type SectionName = "profile" | "privacy" | "general" | "notifications" | "security" | "devices" | "data" | "blocked";

/** A page of the settings, and how the list shows it. */
export interface SettingsSection {
  /** The last part of its address, `/settings/:path`. */
  readonly path: string;
  readonly title: `settings.${SectionName}`;
  /** What is there, in a few words. */
  readonly hint: `settings.${SectionName}Hint`;
  readonly icon: LucideIcon;
}

/** The settings in the order of the list. Each has its page in `routes.tsx`. */
export const SETTINGS_SECTIONS: readonly SettingsSection[] = [
  { path: "profile", title: "settings.profile", hint: "settings.profileHint", icon: UserRound },
  { path: "privacy", title: "settings.privacy", hint: "settings.privacyHint", icon: Lock },
  { path: "notifications", title: "settings.notifications", hint: "settings.notificationsHint", icon: Bell },
  { path: "blocked", title: "settings.blocked", hint: "settings.blockedHint", icon: Ban },
  { path: "security", title: "settings.security", hint: "settings.securityHint", icon: ShieldCheck },
  { path: "devices", title: "settings.devices", hint: "settings.devicesHint", icon: MonitorSmartphone },
  { path: "general", title: "settings.general", hint: "settings.generalHint", icon: SlidersHorizontal },
  { path: "data", title: "settings.data", hint: "settings.dataHint", icon: Database },
];
