import type { ConversationView } from "@im-webapp/client";
import { MAX_TEXT_LENGTH } from "@im-webapp/protocol";
import { SendHorizontal } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { useConversationTitle } from "./conversation-title.ts";
import { useDraft } from "./use-draft.ts";
import { EmojiPanel } from "./emoji-panel.tsx";
import { fitHeight } from "./fit-height.ts";
import { LengthNote } from "./length-note.tsx";

/** Devices with a mouse: there, focusing the field opens no keyboard over the messages. */
const HAS_POINTER = "(hover: hover) and (pointer: fine)";

/** While an input method composes, Enter chooses a word. Safari ends the composition first and leaves only the code. */
const IME_KEY_CODE = 229;

/** Titles longer than this, in characters, would be cut off in the empty field; a text area has no ellipsis. */
const LONG_TITLE = 18;

/** What to send of what was typed: as it is, without the blank lines around it. */
const toSend = (text: string) => text.replace(/^\s*\n/, "").trimEnd();

interface ComposerProps {
  readonly conversation: ConversationView;
  readonly onSend: () => void;
}

/** Where one writes. Enter sends, Shift+Enter breaks the line, and neither while an input method composes. */
export function Composer({ conversation, onSend }: ComposerProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const title = useConversationTitle(conversation);
  const hintId = useId();
  const noteId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft(conversation.conversationId);
  const [problem, setProblem] = useState<string | null>(null);

  useLayoutEffect(() => {
    if (field.current !== null) fitHeight(field.current);
  }, [text]);

  useEffect(() => {
    if (window.matchMedia(HAS_POINTER).matches) field.current?.focus({ preventScroll: true });
  }, []);

  const { conversationId } = conversation;
  const write = (next: string) => {
    setText(next);
    client.setTyping(conversationId, next.trim() !== "");
  };
  useEffect(() => () => client.setTyping(conversationId, false), [client, conversationId]);

  const canSend = text.trim() !== "" && text.length <= MAX_TEXT_LENGTH;

  const send = async () => {
    if (!canSend) return;
    // Stored before the draft goes: a page that is closed in between has the text in one place or the other.
    const sending = client.send({ conversationId, content: { kind: "text", text: toSend(text) } });
    setText("");
    setProblem(null);
    onSend();
    try {
      await sending;
    } catch (error) {
      // Nothing typed is ever lost: it goes back to where it came from, unless something new stands there.
      setText((current) => (current === "" ? text : current));
      setProblem(wireErrorOf(error) === null ? t("composer.notSaved") : errorText(error));
    }
  };

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === IME_KEY_CODE;
    if (event.key !== "Enter" || event.shiftKey || isComposing) return;
    event.preventDefault();
    void send();
  };

  const insert = (inserted: string) => {
    const element = field.current;
    if (element === null) return;
    const { selectionStart, selectionEnd } = element;
    write(text.slice(0, selectionStart) + inserted + text.slice(selectionEnd));
    const caret = selectionStart + inserted.length;
    requestAnimationFrame(() => element.setSelectionRange(caret, caret));
  };

  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    // Text copied from Windows brings line ends that would count twice.
    const pasted = event.clipboardData.getData("text/plain");
    if (!pasted.includes("\r")) return;
    event.preventDefault();
    insert(pasted.replaceAll(/\r\n?/g, "\n"));
  };

  return (
    <form
      className="shrink-0 border-t border-line bg-surface px-2 pt-2 pb-[calc(--spacing(2)+env(safe-area-inset-bottom,0px))] sm:px-4 sm:pt-3 sm:pb-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div role="alert">
        {problem !== null && (
          <Notice tone="danger" className="mb-2">
            {problem}
          </Notice>
        )}
      </div>
      <div className="flex items-end gap-1 rounded-lg border border-line-strong bg-field p-0.5 transition-colors focus-within:border-accent">
        <EmojiPanel onChoose={insert} onClose={() => field.current?.focus()} />
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t("composer.label")}
          aria-describedby={`${hintId} ${noteId}`}
          aria-invalid={text.length > MAX_TEXT_LENGTH}
          placeholder={
            title.length > LONG_TITLE ? t("composer.placeholder") : t("composer.placeholderTo", { name: title })
          }
          enterKeyHint="send"
          className="max-h-composer min-h-control min-w-0 flex-1 resize-none bg-transparent px-1 py-[calc((var(--control)-1.375rem)/2)] text-message text-ink outline-none placeholder:truncate placeholder:text-ink-muted touch:py-[calc((var(--control)-1.5rem)/2)] touch:text-message-touch"
          onChange={(event) => write(event.target.value)}
          onKeyDown={press}
          onPaste={paste}
        />
        <span className="flex h-control items-center">
          <LengthNote id={noteId} length={text.length} />
        </span>
        <button
          type="submit"
          aria-label={t("composer.send")}
          title={t("composer.send")}
          disabled={!canSend}
          className="inline-flex size-control shrink-0 items-center justify-center rounded-md text-ink-muted transition-colors not-disabled:bg-accent not-disabled:text-on-accent not-disabled:hover:bg-accent-hover not-disabled:active:bg-accent-pressed disabled:opacity-60"
        >
          <SendHorizontal aria-hidden className="size-5" strokeWidth={1.75} />
        </button>
      </div>
      <p id={hintId} className="sr-only">
        {t("composer.hint")}
      </p>
    </form>
  );
}
