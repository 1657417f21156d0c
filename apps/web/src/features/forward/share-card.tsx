import type { UserId } from "@im-webapp/protocol";
import { Contact } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { ForwardDialog } from "./forward-dialog.tsx";

/** Sends somebody's card to conversations of one's own. */
export function ShareCard({ userId }: { readonly userId: UserId }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [sentTo, setSentTo] = useState(0);
  return (
    <>
      <Button variant="ghost" wide onClick={() => setOpen(true)}>
        <Contact aria-hidden className="size-5" strokeWidth={1.75} />
        {t("forward.shareCard")}
      </Button>
      <div role="status" className="empty:hidden">
        {sentTo > 0 && <p className="pb-2 text-center text-sm text-ink-muted">{t("forward.sent", { count: sentTo })}</p>}
      </div>
      {isOpen && (
        <ForwardDialog
          handing={{ single: [{ kind: "card", userId }] }}
          onClose={(count = 0) => {
            setOpen(false);
            setSentTo(count);
          }}
        />
      )}
    </>
  );
}
