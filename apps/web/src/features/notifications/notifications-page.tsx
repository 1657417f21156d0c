import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useLoaded } from "../../lib/use-loaded.ts";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { MailPart } from "../mail/mail-part.tsx";
import { LoadedPart } from "../security/loaded-part.tsx";
import { SettingsPage } from "../settings/settings-parts.tsx";
import { DeviceNotifications } from "./device-notifications.tsx";
import { OpenNotices } from "./open-notices.tsx";

/** How this device tells of messages, while a page is open and while none is. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const client = useClient();
  const loaded = useLoaded(useCallback(() => client.push.settings(), [client]));
  return (
    <SettingsPage title={t("settings.notifications")}>
      <OpenNotices />
      <LoadedPart loaded={loaded} skeleton={<PeopleSkeleton rows={1} />}>
        {({ subscription }) => <DeviceNotifications subscription={subscription} onChanged={loaded.reload} />}
      </LoadedPart>
      <MailPart />
    </SettingsPage>
  );
}
