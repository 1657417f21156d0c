import { useTranslation } from "react-i18next";
import { BackHeader } from "../../ui/back-header.tsx";
import { ApplicationList } from "./application-list.tsx";

/** Who would like to be a contact, and whom one has asked. */
export function RequestsPage() {
  const { t } = useTranslation();
  return (
    <>
      <BackHeader title={t("people.requests")} to="/contacts" />
      <div className="scroll-pane flex flex-1 flex-col">
        <div className="mx-auto flex w-full max-w-140 flex-1 flex-col p-4">
          <ApplicationList type="friend" />
        </div>
      </div>
    </>
  );
}
