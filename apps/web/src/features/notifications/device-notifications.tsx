import type { PushSettings } from "@im-webapp/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { SwitchLine } from "../../ui/switch-line.tsx";
import { SettingsPart } from "../settings/settings-parts.tsx";
import { type DevicePush, changePush, clockOffset, disablePush, enablePush } from "./device-push.ts";
import { QuietHoursFields } from "./quiet-hours-fields.tsx";

/** What quiet hours are when somebody first asks for them: 22:00 to 08:00, in minutes. */
const NIGHT = { from: 22 * 60, to: 8 * 60 };

interface DeviceNotificationsProps {
  readonly subscription: PushSettings["subscription"];
  readonly onChanged: () => void;
}

/** Turns this device's notifications on and off, and says how they are to be. */
export function DeviceNotifications({ subscription, onChanged }: DeviceNotificationsProps) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // A browser that was forbidden since does not show what the server sends.
  const isOn = subscription !== undefined && Notification.permission === "granted";
  const wanted: DevicePush = {
    hideContent: subscription?.hideContent ?? false,
    ...(subscription?.quiet && { quiet: subscription.quiet }),
  };

  const run = async (work: () => Promise<void>) => {
    setIsBusy(true);
    setProblem(null);
    try {
      await work();
      onChanged();
    } catch (error) {
      setProblem(t("notifications.saveFailed", { reason: errorText(error) }));
    }
    setIsBusy(false);
  };
  const turn = (on: boolean) =>
    run(async () => {
      if (!on) await disablePush(client);
      else if (!(await enablePush(client, i18n.language, wanted))) setProblem(t("notifications.denied"));
    });
  const change = (next: DevicePush) => run(() => changePush(client, next));
  const { quiet } = wanted;

  return (
    <SettingsPart title={t("notifications.device")}>
      <div className="px-4 py-2">
        <SwitchLine
          label={t("notifications.on")}
          hint={t("notifications.onHint")}
          checked={isOn}
          disabled={isBusy}
          onChange={(on) => void turn(on)}
        />
      </div>
      {isOn && (
        <>
          <div className="px-4 py-2">
            <SwitchLine
              label={t("notifications.hide")}
              hint={t("notifications.hideHint")}
              checked={wanted.hideContent}
              disabled={isBusy}
              onChange={(hideContent) => void change({ ...wanted, hideContent })}
            />
          </div>
          <div className="flex flex-col gap-3 px-4 py-2">
            <SwitchLine
              label={t("notifications.quiet")}
              hint={t("notifications.quietHint")}
              checked={quiet !== undefined}
              disabled={isBusy}
              onChange={(on) =>
                void change({
                  hideContent: wanted.hideContent,
                  ...(on && { quiet: { ...NIGHT, offset: clockOffset() } }),
                })
              }
            />
            {quiet && (
              <QuietHoursFields quiet={quiet} onChange={(changed) => void change({ ...wanted, quiet: changed })} />
            )}
          </div>
        </>
      )}
      {problem !== null && (
        <div role="alert" className="px-4 py-2">
          <Notice tone="danger">{problem}</Notice>
        </div>
      )}
    </SettingsPart>
  );
}
