import { LogOut as LogOutIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";

/** Ends the session, after asking. */
export function LogOut() {
  const { t } = useTranslation();
  const client = useClient();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="danger-ghost" wide onClick={() => setAsking(true)}>
        <LogOutIcon aria-hidden className="size-5" strokeWidth={1.75} />
        {t("auth.logout")}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t("auth.logoutTitle")}
        text={t("auth.logoutText")}
        confirm={t("auth.logout")}
        busy={t("auth.loggingOut")}
        onConfirm={() => client.logout()}
      />
    </>
  );
}
