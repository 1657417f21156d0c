import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useLoaded } from "../../lib/use-loaded.ts";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { LoadedPart } from "../security/loaded-part.tsx";
import { SettingsPage, SettingsPart } from "../settings/settings-parts.tsx";
import { DeviceNotifications } from "./device-notifications.tsx";
import { canPush } from "./device-push.ts";

/** How this device is notified while no page is open. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const client = useClient();
  const loaded = useLoaded(useCallback(() => client.push.settings(), [client]));
  return (
    <SettingsPage title={t("settings.notifications")}>
      {canPush() ? (
        <LoadedPart loaded={loaded} skeleton={<PeopleSkeleton rows={1} />}>
          {({ subscription }) => <DeviceNotifications subscription={subscription} onChanged={loaded.reload} />}
        </LoadedPart>
      ) : (
        <SettingsPart title={t("notifications.device")}>
          <p className="px-4 py-3 text-base text-ink-muted">{t("notifications.unsupported")}</p>
        </SettingsPart>
      )}
    </SettingsPage>
  );
}
