import { useTranslation } from "react-i18next";
import { HidePresence } from "./hide-presence.tsx";
import { SettingsPage, SettingsPart } from "./settings-parts.tsx";

/** What others may know of the person. */
export function PrivacyPage() {
  const { t } = useTranslation();
  return (
    <SettingsPage title={t("settings.privacy")}>
      <SettingsPart title={t("settings.privacyHint")}>
        <HidePresence />
      </SettingsPart>
    </SettingsPage>
  );
}
