import type { ConversationView } from "@im-webapp/client";
import { Mic } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { AttachMenu } from "../media/attach-menu.tsx";
import { DropOverlay } from "../media/drop-overlay.tsx";
import { RecordingBar } from "../media/recording-bar.tsx";
import { sendFiles } from "../media/send-files.ts";
import { SendSheet } from "../media/send-sheet.tsx";
import { sendVoice } from "../media/send-voice.ts";
import { useChosenFiles } from "../media/use-chosen-files.ts";
import { useRefusalText } from "../media/use-refusal-text.ts";
import { useFileDrop } from "../media/use-file-drop.ts";
import { useVoiceRecorder } from "../media/use-voice-recorder.ts";
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
  const refusalText = useRefusalText();
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

  const files = useChosenFiles();
  const isChoosing = files.chosen.length > 0;
  const wasChoosing = useRef(false);
  useEffect(() => {
    // The sheet holds the focus until it is gone.
    if (wasChoosing.current && !isChoosing) control.field.current?.focus();
    wasChoosing.current = isChoosing;
  }, [control, isChoosing]);
  const isDragging = useFileDrop(files.add);
  const voice = useVoiceRecorder();

  /** Files go as they are stored; what cannot be stored is told, and is still where it was chosen from. */
  const hand = (sending: Promise<void>) => {
    setProblem(null);
    control.compose();
    onSend();
    sending.catch((error: unknown) =>
      setProblem(wireErrorOf(error) === null ? t("media.notSaved") : refusalText(error, true)),
    );
  };
  const speak = async () => {
    const recording = await voice.recorder.finish();
    if (recording !== null) hand(sendVoice(client, conversationId, recording, answered?.seq));
  };

  if (voice.state.status !== "idle") {
    return <RecordingBar state={voice.state} onSend={() => void speak()} onCancel={() => voice.recorder.cancel()} />;
  }
  return (
    <>
      {isDragging && <DropOverlay name={title} />}
      {isChoosing && (
        <SendSheet
          chosen={files.chosen}
          isCut={files.isCut}
          onAdd={files.add}
          onRemove={files.remove}
          onClose={files.clear}
          onSend={(ready, caption) => {
            files.clear();
            hand(sendFiles(client, { conversationId, files: ready, caption, replyTo: answered?.seq }));
          }}
        />
      )}
      <ComposerForm
        text={text}
        conversation={conversation}
        placeholder={
          title.length > LONG_TITLE ? t("composer.placeholder") : t("composer.placeholderTo", { name: title })
        }
        problem={problem ?? voice.problem}
        canSubmit={isSendable(text)}
        submitLabel={t("composer.send")}
        beside={<AttachMenu conversationId={conversationId} onFiles={files.add} />}
        onFiles={files.add}
        insteadOfSubmit={
          <IconButton icon={Mic} label={t("media.record")} onClick={() => void voice.recorder.start()} />
        }
        onWrite={write}
        onSubmit={() => void send()}
        onUp={() => {
          const last = lastOwnText();
          if (last !== undefined) control.edit(last);
        }}
        above={answered !== null && <ReplyBar message={answered} onCancel={control.compose} />}
      />
    </>
  );
}
