import { MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/empty-state.tsx";

/** Beside the list when no chat is open. */
export function NoConversation() {
  const { t } = useTranslation();
  return <EmptyState icon={MessagesSquare} title={t("chats.pick")} hint={t("chats.pickHint")} />;
}
