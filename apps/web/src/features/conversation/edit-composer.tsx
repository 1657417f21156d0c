import type { Message } from "@im-webapp/protocol";
import { Check, Pencil } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useMessageControl } from "../message-actions/message-control.ts";
import { ComposerForm } from "./composer-form.tsx";
import { ComposingBar } from "./composing-bar.tsx";
import { isSendable, toSend } from "./to-send.ts";

/** The composer with an own message's text, to be changed. What was begun and not sent waits until that is done. */
export function EditComposer({ message }: { readonly message: Message }) {
  const { t } = useTranslation();
  const client = useClient();
  const control = useMessageControl();
  const before = message.content.kind === "text" ? message.content.text : "";
  const [text, setText] = useState(before);

  useEffect(() => {
    const field = control.field.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, [control]);

  const save = () => {
    if (!isSendable(text)) return;
    const next = toSend(text);
    // A refusal is told beside the composer, also one that comes later.
    if (next !== before) client.editMessage(message.conversationId, message.seq, next).catch(() => undefined);
    control.compose();
  };

  return (
    <ComposerForm
      text={text}
      placeholder={t("composer.placeholder")}
      problem={null}
      canSubmit={isSendable(text)}
      submitLabel={t("actions.save")}
      submitIcon={Check}
      onWrite={setText}
      onSubmit={save}
      above={
        <ComposingBar
          icon={Pencil}
          title={t("actions.editing")}
          text={before}
          cancel={t("actions.cancelEdit")}
          onCancel={control.compose}
        />
      }
    />
  );
}
