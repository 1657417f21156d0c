import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useLoaded } from "../../lib/use-loaded.ts";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { SettingsPage, SettingsPart } from "../settings/settings-parts.tsx";
import { LoadedPart } from "./loaded-part.tsx";
import { OidcLine } from "./oidc-line.tsx";
import { PasswordLine } from "./password-line.tsx";
import { TwoFactorLines } from "./two-factor-lines.tsx";

/** How the account is protected: password, two-factor, and the sign-in of another program. */
export function SecurityPage() {
  const { t } = useTranslation();
  const client = useClient();
  const load = useCallback(
    () => Promise.all([client.security.get(), client.security.signInMethods()] as const),
    [client],
  );
  const loaded = useLoaded(load);
  return (
    <SettingsPage title={t("settings.security")}>
      <LoadedPart loaded={loaded} skeleton={<PeopleSkeleton rows={3} />}>
        {([security, { oidc }]) => (
          <>
            <SettingsPart title={t("security.password")}>
              <PasswordLine security={security} onChanged={loaded.reload} />
            </SettingsPart>
            <SettingsPart title={t("security.twoFactor")}>
              <TwoFactorLines security={security} onChanged={loaded.reload} />
            </SettingsPart>
            {oidc !== undefined && (
              <SettingsPart title={t("security.otherSignIn")}>
                <OidcLine name={oidc.name} isLinked={security.oidc} />
              </SettingsPart>
            )}
          </>
        )}
      </LoadedPart>
    </SettingsPage>
  );
}
