import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useMatch } from "react-router";
import { TwoPane } from "../../app/two-pane.tsx";
import { PHONE, useMediaQuery } from "../../lib/use-media-query.ts";
import { SETTINGS_SECTIONS } from "./sections.ts";
import { SettingsPane } from "./settings-pane.tsx";

/** The settings: their list, and the chosen page. Where both fit, the first page is chosen when no other is. */
export function SettingsSection() {
  const { t } = useTranslation();
  const isRoot = useMatch("/settings") !== null;
  const isPhone = useMediaQuery(PHONE);
  return (
    <TwoPane listLabel={t("settings.title")} list={<SettingsPane />} isChosen={!isRoot}>
      {isRoot && !isPhone ? <Navigate to={`/settings/${SETTINGS_SECTIONS[0]?.path}`} replace /> : <Outlet />}
    </TwoPane>
  );
}
