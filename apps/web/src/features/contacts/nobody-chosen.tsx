import { IdCard } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/empty-state.tsx";

/** Beside the contacts when nobody is chosen. */
export function NobodyChosen() {
  const { t } = useTranslation();
  return <EmptyState icon={IdCard} title={t("contacts.pick")} />;
}
