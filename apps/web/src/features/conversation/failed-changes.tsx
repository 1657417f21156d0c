import type { ContactChange, FailedChange } from "@im-webapp/client";
import type { ConversationId } from "@im-webapp/protocol";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { TextButton } from "../../ui/text-button.tsx";

/** A change of a message, not of a contact. */
type FailedMessageChange = Exclude<FailedChange, ContactChange>;

const isOfMessage = (change: FailedChange): change is FailedMessageChange => !("userId" in change);

function failureText({ kind }: FailedMessageChange, reason: string, t: TFunction): string {
  switch (kind) {
    case "edit":
      return t("message.editFailed", { reason });
    case "recall":
      return t("message.recallFailed", { reason });
    case "react":
      return t("message.reactFailed", { reason });
    case "pin":
      return t("marks.pinFailed", { reason });
    case "star":
      return t("marks.starFailed", { reason });
    case "delete":
      return t("marks.deleteFailed", { reason });
  }
}

/** What became of edits, recalls and reactions that the server has refused, until each has been read. */
export function FailedChanges({ conversationId }: { readonly conversationId: ConversationId }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const failed = useClientState((state) => state.failedChanges);
  const own = failed.filter(isOfMessage).filter((change) => change.conversationId === conversationId);
  return (
    <div role="alert" className="flex shrink-0 flex-col gap-1 bg-surface px-2 not-empty:pt-2 sm:px-4">
      {own.map((change) => (
        <Notice
          key={change.id}
          tone="danger"
          action={
            <TextButton tone="inherit" onClick={() => void client.dismissChange(change.id)}>
              {t("common.close")}
            </TextButton>
          }
        >
          {failureText(change, errorText(change.error), t)}
        </Notice>
      ))}
    </div>
  );
}
