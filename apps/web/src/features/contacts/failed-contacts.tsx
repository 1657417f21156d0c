import type { FailedChange } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useErrorText } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { TextButton } from "../../ui/text-button.tsx";

/** What is said of each change that had to be undone. */
const WORDS = {
  alias: "people.aliasFailed",
  favourite: "people.favouriteFailed",
  block: "people.blockFailed",
  unfriend: "people.removeFailed",
} as const;

/** Changes that only contacts can be given. */
const OF_CONTACTS = ["alias", "favourite"];

/** Changes of contacts that were made without a network and refused since, until each has been read. */
export function FailedContacts() {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const nameOf = useNameOf();
  const failed = useClientState((state) => state.failedChanges);
  const reasonOf = ({ kind, error }: FailedChange) =>
    error.code === "NOT_FOUND" && OF_CONTACTS.includes(kind) ? t("people.noContact") : errorText(error);
  return (
    <div role="alert" className="flex flex-col gap-1 px-2 not-empty:pb-2">
      {failed.map(
        (change) =>
          "userId" in change && (
            <Notice
              key={change.id}
              tone="danger"
              action={
                <TextButton tone="inherit" onClick={() => void client.dismissChange(change.id)}>
                  {t("common.close")}
                </TextButton>
              }
            >
              {t(WORDS[change.kind], { name: nameOf(change.userId), reason: reasonOf(change) })}
            </Notice>
          ),
      )}
    </div>
  );
}
