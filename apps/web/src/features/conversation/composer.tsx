import type { ConversationView } from "@im-webapp/client";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { LocationButton } from "../forward/location-button.tsx";
import { mentionsOf } from "../mentions/picked-mentions.ts";
import { useMessageControl, useMessageModes } from "../message-actions/message-control.ts";
import { ComposerForm } from "./composer-form.tsx";
import { useConversationTitle } from "./conversation-title.ts";
import { EditComposer } from "./edit-composer.tsx";
import { ReplyBar } from "./reply-bar.tsx";
import { isSendable, toSend } from "./to-send.ts";
import { useDraft } from "./use-draft.ts";
import { useLastOwnText } from "./use-last-own-text.ts";

/** Devices with a mouse: there, focusing the field opens no keyboard over the messages. */
const HAS_POINTER = "(hover: hover) and (pointer: fine)";

/** Titles longer than this, in characters, would be cut off in the empty field; a text area has no ellipsis. */
const LONG_TITLE = 18;

interface ComposerProps {
  readonly conversation: ConversationView;
  readonly onSend: () => void;
}

/** Where one writes: a new message, an answer to one, or another text for an own one. */
export function Composer(props: ComposerProps) {
  const { composing } = useMessageModes();
  if (composing.kind === "edit") return <EditComposer key={composing.message.seq} message={composing.message} />;
  return <NewMessageComposer {...props} />;
}

function NewMessageComposer({ conversation, onSend }: ComposerProps) {
  const { t } = useTranslation();
  const client = useClient();
  const control = useMessageControl();
  const { composing } = useMessageModes();
  const errorText = useErrorText();
  const title = useConversationTitle(conversation);
  const lastOwnText = useLastOwnText(conversation.conversationId);
  const [text, setText] = useDraft(conversation.conversationId);
  const [problem, setProblem] = useState<string | null>(null);
  const answered = composing.kind === "reply" ? composing.message : null;

  useEffect(() => {
    if (window.matchMedia(HAS_POINTER).matches) control.field.current?.focus({ preventScroll: true });
  }, [control]);
  useEffect(() => {
    if (answered !== null) control.field.current?.focus();
  }, [control, answered]);

  const { conversationId } = conversation;
  const write = (next: string) => {
    setText(next);
    client.setTyping(conversationId, next.trim() !== "");
  };
  useEffect(() => () => client.setTyping(conversationId, false), [client, conversationId]);

  const send = async () => {
    if (!isSendable(text)) return;
    // Stored before the draft goes: a page that is closed in between has the text in one place or the other.
    const mentions = mentionsOf(client, conversationId, text);
    const sending = client.send({
      conversationId,
      content: { kind: "text", text: toSend(text) },
      ...(mentions !== undefined && { mentions }),
      ...(answered !== null && { replyTo: answered.seq }),
    });
    setText("");
    setProblem(null);
    control.compose();
    onSend();
    try {
      await sending;
    } catch (error) {
      // Nothing typed is ever lost: it goes back to where it came from, unless something new stands there.
      setText((current) => (current === "" ? text : current));
      if (answered !== null) control.reply(answered);
      setProblem(wireErrorOf(error) === null ? t("composer.notSaved") : errorText(error));
    }
  };

  return (
    <ComposerForm
      text={text}
      conversation={conversation}
      placeholder={title.length > LONG_TITLE ? t("composer.placeholder") : t("composer.placeholderTo", { name: title })}
      problem={problem}
      canSubmit={isSendable(text)}
      submitLabel={t("composer.send")}
      beside={<LocationButton conversationId={conversationId} />}
      onWrite={write}
      onSubmit={() => void send()}
      onUp={() => {
        const last = lastOwnText();
        if (last !== undefined) control.edit(last);
      }}
      above={answered !== null && <ReplyBar message={answered} onCancel={control.compose} />}
    />
  );
}
