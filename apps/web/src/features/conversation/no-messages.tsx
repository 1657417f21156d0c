import type { ConversationView } from "@im-webapp/client";
import type { ConversationId } from "@im-webapp/protocol";
import { MessageCircleOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { RetryState } from "../../ui/retry.tsx";
import { ConversationAvatar } from "./conversation-avatar.tsx";
import { useConversationTitle } from "./conversation-title.ts";

/** A conversation in which nobody has said anything yet. */
export function NoMessages({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const title = useConversationTitle(conversation);
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-1 p-8 text-center">
      <ConversationAvatar conversation={conversation} className="mb-3 size-16" />
      <p className="max-w-full truncate text-lg font-medium">{title}</p>
      <p className="text-base text-ink-muted">{t("message.sayHi")}</p>
    </div>
  );
}

/** The first page did not come, and the cache has nothing. */
export function FirstLoadFailed({ conversationId }: { readonly conversationId: ConversationId }) {
  const { t } = useTranslation();
  const client = useClient();
  return <RetryState title={t("message.firstLoadFailed")} onRetry={() => void client.loadBefore(conversationId)} />;
}

/** The message that was asked for is not there, or not for this person to see. */
export function MessageNotFound({ onToEnd }: { readonly onToEnd: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={MessageCircleOff} title={t("message.notFound")} hint={t("message.notFoundHint")}>
      <Button variant="secondary" onClick={onToEnd}>
        {t("message.toBottom")}
      </Button>
    </EmptyState>
  );
}
