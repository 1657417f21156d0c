import type { ConversationId } from "@im-webapp/protocol";
import { MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { useMessageControl } from "../message-actions/message-control.ts";
import { LocationDialog } from "./location-dialog.tsx";

/** Asks for a place to send to a conversation. */
export function LocationButton({ conversationId }: { readonly conversationId: ConversationId }) {
  const { t } = useTranslation();
  const control = useMessageControl();
  return (
    <IconButton
      icon={MapPin}
      label={t("forward.sendLocation")}
      aria-haspopup="dialog"
      onClick={() => control.show((close) => <LocationDialog conversationId={conversationId} onClose={close} />)}
    />
  );
}
