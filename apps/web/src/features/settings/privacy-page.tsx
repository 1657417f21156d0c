import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { AccountSwitch } from "./account-switch.tsx";
import { SettingsPage, SettingsPart } from "./settings-parts.tsx";

/** What others may know of the person. */
export function PrivacyPage() {
  const { t } = useTranslation();
  const me = useClientState((state) => state.me);
  if (me === null) return null;
  return (
    <SettingsPage title={t("settings.privacy")}>
      <SettingsPart title={t("settings.findMe")}>
        <AccountSwitch
          label={t("settings.findableByPhone")}
          hint={t(me.phone === undefined ? "settings.findableByPhoneNone" : "settings.findableByPhoneHint")}
          checked={me.findableByPhone ?? true}
          change={(findableByPhone) => ({ findableByPhone })}
        />
        <AccountSwitch
          label={t("settings.findableByName")}
          hint={t("settings.findableByNameHint")}
          checked={me.findableByName ?? true}
          change={(findableByName) => ({ findableByName })}
        />
      </SettingsPart>
      <SettingsPart title={t("settings.presence")}>
        <AccountSwitch
          label={t("settings.hidePresence")}
          hint={t("settings.hidePresenceHint")}
          checked={me.hidePresence === true}
          change={(hidePresence) => ({ hidePresence })}
        />
      </SettingsPart>
    </SettingsPage>
  );
}
