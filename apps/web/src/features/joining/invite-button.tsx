import type { ConversationView } from "@im-webapp/client";
import { ROLES } from "@im-webapp/protocol";
import { QrCode } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { useConversationTitle } from "../conversation/conversation-title.ts";
import { InvitationsDialog } from "./invitations-dialog.tsx";

/** Opens the links into a group. */
export function InviteButton({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const name = useConversationTitle(conversation);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" wide onClick={() => setOpen(true)}>
        <QrCode aria-hidden className="size-5" strokeWidth={1.75} />
        {t("joining.invite")}
      </Button>
      <InvitationsDialog
        groupId={conversation.groupId ?? ""}
        name={name}
        role={conversation.role ?? ROLES.member}
        open={open}
        onOpenChange={setOpen}
      />
    </>
  );
}
