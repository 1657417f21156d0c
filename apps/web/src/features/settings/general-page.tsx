import { useTranslation } from "react-i18next";
import { setLanguage } from "../../i18n/index.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../i18n/language.ts";
import { SEND_KEYS, setSendKey, useSendKey } from "../../lib/send-key.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { SettingsLine, SettingsPage, SettingsPart } from "./settings-parts.tsx";
import { setTheme, useTheme } from "./theme.ts";

/** How the app is on this device. */
export function GeneralPage() {
  const { t, i18n } = useTranslation();
  const theme = useTheme();
  const sendKey = useSendKey();
  const language = LANGUAGES.find((known) => known === i18n.language) ?? LANGUAGES[0];
  return (
    <SettingsPage title={t("settings.general")}>
      <SettingsPart title={t("settings.generalHint")}>
        <SettingsLine label={t("settings.language")}>
          <Segmented
            label={t("settings.language")}
            value={language}
            options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            onChange={(next) => void setLanguage(next)}
          />
        </SettingsLine>
        <SettingsLine label={t("settings.theme")}>
          <Segmented
            label={t("settings.theme")}
            value={theme}
            options={[
              { value: "system", label: t("settings.themeSystem") },
              { value: "light", label: t("settings.themeLight") },
              { value: "dark", label: t("settings.themeDark") },
            ]}
            onChange={setTheme}
          />
        </SettingsLine>
        <SettingsLine label={t("jump.sendKey")}>
          <Segmented
            label={t("jump.sendKey")}
            value={sendKey}
            options={SEND_KEYS.map((value) => ({ value, label: t(`jump.sendKey_${value}`) }))}
            onChange={setSendKey}
          />
        </SettingsLine>
      </SettingsPart>
    </SettingsPage>
  );
}
