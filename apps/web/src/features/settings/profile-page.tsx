import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { SettingsLine, SettingsPage, SettingsPart } from "./settings-parts.tsx";

/** How others see the person. */
export function ProfilePage() {
  const { t } = useTranslation();
  const me = useClientState((state) => state.me);
  if (me === null) return null;
  return (
    <SettingsPage title={t("settings.profile")}>
      <SettingsPart title={t("settings.profile")}>
        <SettingsLine label={t("profile.username")}>
          <span className="min-w-0 truncate text-base text-ink-muted">{me.username}</span>
        </SettingsLine>
        <SettingsLine label={t("profile.phone")}>
          <span className="figures min-w-0 truncate text-base text-ink-muted">{me.phone ?? t("profile.noPhone")}</span>
        </SettingsLine>
      </SettingsPart>
    </SettingsPage>
  );
}
