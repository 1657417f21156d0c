import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { BackHeader } from "../../ui/back-header.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { conversationPath } from "../conversation/conversation-path.ts";
import { ApplicationList } from "./application-list.tsx";

/** Everything that the system tells: applications of every type, and the way to its messages. */
export function NoticesPage() {
  const { t } = useTranslation();
  const system = useClientState((state) => state.conversations.find(({ type }) => type === "system")?.conversationId);
  return (
    <>
      <BackHeader title={t("people.notices")} to="/contacts" />
      <div className="scroll-pane flex flex-1 flex-col">
        <div className="mx-auto flex w-full max-w-140 flex-1 flex-col gap-4 p-4">
          {system !== undefined && (
            <Link to={conversationPath(system)} className={buttonClass("secondary", true)}>
              {t("people.openSystem")}
            </Link>
          )}
          <ApplicationList />
        </div>
      </div>
    </>
  );
}
