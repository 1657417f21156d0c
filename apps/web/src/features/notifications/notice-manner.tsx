import { useTranslation } from "react-i18next";
import { SwitchLine } from "../../ui/switch-line.tsx";
import { SettingsPart } from "../settings/settings-parts.tsx";
import { type DevicePush, clockOffset } from "./device-push.ts";
import { QuietHoursFields } from "./quiet-hours-fields.tsx";

/** What quiet hours are when somebody first asks for them: 22:00 to 08:00, in minutes. */
const NIGHT = { from: 22 * 60, to: 8 * 60 };

interface NoticeMannerProps {
  readonly manner: DevicePush;
  readonly disabled: boolean;
  readonly onChange: (manner: DevicePush) => void;
}

/** What notifications say, and when there are none: the same whether a page is open or not. */
export function NoticeManner({ manner, disabled, onChange }: NoticeMannerProps) {
  const { t } = useTranslation();
  const { hideContent, quiet } = manner;
  return (
    <SettingsPart title={t("notifications.manner")}>
      <div className="px-4 py-2">
        <SwitchLine
          label={t("notifications.hide")}
          hint={t("notifications.hideHint")}
          checked={hideContent}
          disabled={disabled}
          onChange={(hidden) => onChange({ ...manner, hideContent: hidden })}
        />
      </div>
      <div className="flex flex-col gap-3 px-4 py-2">
        <SwitchLine
          label={t("notifications.quiet")}
          hint={t("notifications.quietHint")}
          checked={quiet !== undefined}
          disabled={disabled}
          onChange={(on) => onChange({ hideContent, ...(on && { quiet: { ...NIGHT, offset: clockOffset() } }) })}
        />
        {quiet && <QuietHoursFields quiet={quiet} onChange={(changed) => onChange({ hideContent, quiet: changed })} />}
      </div>
    </SettingsPart>
  );
}
