import type { MailRequest, MailSettings } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { Segmented } from "../../ui/segmented.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SwitchLine } from "../../ui/switch-line.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { SettingsLine } from "../settings/settings-parts.tsx";

/** How long to be away may be chosen here, in hours; programs may ask for any. */
const HOURS = [4, 24, 72] as const;

interface MailMannerProps {
  readonly settings: MailSettings;
  readonly address: string;
  readonly disabled: boolean;
  readonly onChange: (change: MailRequest) => void;
  readonly onRemove: () => void;
}

/** Whether, after how long and how a confirmed address gets mails. */
export function MailManner({ settings, address, disabled, onChange, onRemove }: MailMannerProps) {
  const { t } = useTranslation();
  const { on, hours, hideContent, refused = false } = settings;
  return (
    <>
      <div className="px-4 py-2">
        <SwitchLine
          label={t("mail.on")}
          hint={t("mail.onHint")}
          checked={on}
          disabled={disabled}
          onChange={(next) => onChange({ on: next })}
        />
      </div>
      {on && (
        <>
          <SettingsLine label={t("mail.after")}>
            <Segmented
              label={t("mail.after")}
              value={String(hours)}
              options={HOURS.map((value) => ({ value: String(value), label: t(`mail.after_${value}`) }))}
              onChange={(next) => onChange({ hours: Number(next) })}
            />
          </SettingsLine>
          <div className="px-4 py-2">
            <SwitchLine
              label={t("mail.hide")}
              hint={t("mail.hideHint")}
              checked={hideContent}
              disabled={disabled}
              onChange={(next) => onChange({ hideContent: next })}
            />
          </div>
        </>
      )}
      {refused && (
        <div className="px-4 py-2">
          <Notice tone="danger">{t("mail.refused")}</Notice>
        </div>
      )}
      <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
        <span className="min-w-0 text-base wrap-anywhere text-ink-muted">{address}</span>
        <TextButton className="-mx-1 text-sm" disabled={disabled} onClick={onRemove}>
          {t("mail.remove")}
        </TextButton>
      </div>
    </>
  );
}
