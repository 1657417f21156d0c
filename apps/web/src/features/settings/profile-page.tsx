import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { OwnPortrait } from "../profile/own-portrait.tsx";
import { ProfileForm } from "../profile/profile-form.tsx";
import { SettingsPage } from "./settings-parts.tsx";

/** How others see the person. */
export function ProfilePage() {
  const { t } = useTranslation();
  const client = useClient();
  const me = useClientState((state) => state.me);
  useEffect(() => {
    // Without the server it stays as it was last known.
    client.account.load().catch(() => undefined);
  }, [client]);
  if (me === null) return null;
  return (
    <SettingsPage title={t("settings.profile")}>
      <OwnPortrait me={me} />
      <ProfileForm me={me} />
    </SettingsPage>
  );
}
