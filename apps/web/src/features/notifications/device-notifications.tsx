import type { PushSettings } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { SwitchLine } from "../../ui/switch-line.tsx";
import { SettingsPart } from "../settings/settings-parts.tsx";
import { type DevicePush, canPush, changePush, disablePush, enablePush } from "./device-push.ts";
import { NoticeManner } from "./notice-manner.tsx";
import { noticeSettings, setNoticeSettings, useNoticeSettings } from "./notice-settings.ts";

interface DeviceNotificationsProps {
  readonly subscription: PushSettings["subscription"];
  readonly onChanged: () => void;
}

const mannerOf = ({ hideContent, quiet }: DevicePush): DevicePush => ({ hideContent, ...(quiet && { quiet }) });

/** Turns on and off that this device is told while no page is open, and says how any notification is to be. */
export function DeviceNotifications({ subscription, onChanged }: DeviceNotificationsProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const manner = mannerOf(useNoticeSettings());
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // A browser that was forbidden since does not show what the server sends.
  const isOn = subscription !== undefined && canPush() && Notification.permission === "granted";

  // What the server keeps to holds for both.
  useEffect(() => {
    if (!subscription) return;
    const { notices, sound } = noticeSettings();
    setNoticeSettings({ notices, sound, ...mannerOf(subscription) });
  }, [subscription]);

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
      else if (!(await enablePush(client, manner))) setProblem(t("notifications.denied"));
    });
  const change = (next: DevicePush) =>
    run(async () => {
      if (isOn) await changePush(client, next);
      const { notices, sound } = noticeSettings();
      setNoticeSettings({ notices, sound, ...next });
    });

  return (
    <>
      <SettingsPart title={t("notifications.whileClosed")}>
        {canPush() ? (
          <div className="px-4 py-2">
            <SwitchLine
              label={t("notifications.on")}
              hint={t("notifications.onHint")}
              checked={isOn}
              disabled={isBusy}
              onChange={(on) => void turn(on)}
            />
          </div>
        ) : (
          <p className="px-4 py-3 text-base text-ink-muted">{t("notifications.unsupported")}</p>
        )}
        {problem !== null && (
          <div role="alert" className="px-4 py-2">
            <Notice tone="danger">{problem}</Notice>
          </div>
        )}
      </SettingsPart>
      <NoticeManner manner={manner} disabled={isBusy} onChange={(next) => void change(next)} />
    </>
  );
}
