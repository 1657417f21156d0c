import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../../ui/notice.tsx";
import { SwitchLine } from "../../ui/switch-line.tsx";
import { SettingsPart } from "../settings/settings-parts.tsx";
import { setNoticeSettings, useNoticeSettings } from "./notice-settings.ts";
import { canNotify } from "./can-notify.ts";

/** How this device tells of messages while the app is open. */
export function OpenNotices() {
  const { t } = useTranslation();
  const settings = useNoticeSettings();
  const [isAllowed, setIsAllowed] = useState(() => canNotify() && Notification.permission === "granted");
  const [isDenied, setIsDenied] = useState(false);

  const turn = async (notices: boolean) => {
    if (notices) {
      const isGranted = (await Notification.requestPermission()) === "granted";
      setIsAllowed(isGranted);
      setIsDenied(!isGranted);
      if (!isGranted) return;
    }
    setNoticeSettings({ ...settings, notices });
  };

  return (
    <SettingsPart title={t("notifications.whileOpen")}>
      {canNotify() && (
        <div className="px-4 py-2">
          <SwitchLine
            label={t("notifications.open")}
            hint={t("notifications.openHint")}
            checked={settings.notices && isAllowed}
            onChange={(notices) => void turn(notices)}
          />
        </div>
      )}
      <div className="px-4 py-2">
        <SwitchLine
          label={t("notifications.sound")}
          hint={t("notifications.soundHint")}
          checked={settings.sound}
          onChange={(sound) => setNoticeSettings({ ...settings, sound })}
        />
      </div>
      {isDenied && (
        <div role="alert" className="px-4 py-2">
          <Notice tone="danger">{t("notifications.denied")}</Notice>
        </div>
      )}
    </SettingsPart>
  );
}
