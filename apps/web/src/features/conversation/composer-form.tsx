import type { ConversationView } from "@im-webapp/client";
import { MAX_TEXT_LENGTH } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { type LucideIcon, SendHorizontal } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useId, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { isSending, useSendKey } from "../../lib/send-key.ts";
import { Notice } from "../../ui/notice.tsx";
import { EmojiPanel } from "../emoji/emoji-panel.tsx";
import { pastedFiles } from "../media/handed-files.ts";
import { MentionList } from "../mentions/mention-list.tsx";
import { useMentions } from "../mentions/use-mentions.ts";
import { useMessageControl } from "../message-actions/message-control.ts";
import { fitHeight } from "./fit-height.ts";
import { LengthNote } from "./length-note.tsx";

/** While an input method composes, Enter chooses a word. Safari ends the composition first and leaves only the code. */
const IME_KEY_CODE = 229;

interface ComposerFormProps {
  readonly text: string;
  /** Whose members an @ offers; absent for nobody's. */
  readonly conversation?: ConversationView;
  readonly placeholder: string;
  /** What is answered or changed, over the field. */
  readonly above?: ReactNode;
  /** What else than text can be sent, beside the emoji. */
  readonly beside?: ReactNode;
  readonly problem: string | null;
  readonly canSubmit: boolean;
  readonly submitLabel: string;
  readonly submitIcon?: LucideIcon;
  readonly onWrite: (text: string) => void;
  readonly onSubmit: () => void;
  /** Files that were pasted; absent where none can be sent. */
  readonly onFiles?: (files: readonly File[]) => void;
  /** Takes the place of the button that sends while there is nothing to send. */
  readonly insteadOfSubmit?: ReactNode;
  /** ↑ in the empty field. */
  readonly onUp?: () => void;
}

/** The field that one writes in. Enter sends, Shift+Enter breaks the line, and neither while an input method composes. */
export function ComposerForm(props: ComposerFormProps) {
  const { text, placeholder, above, problem, canSubmit, submitLabel, submitIcon: Icon = SendHorizontal } = props;
  const { onWrite, onSubmit, onUp, onFiles, insteadOfSubmit } = props;
  const { t } = useTranslation();
  const { field } = useMessageControl();
  const sendKey = useSendKey();
  const mentions = useMentions(props.conversation, field, text, onWrite);
  const isOffering = mentions.options.length > 0;
  const hintId = useId();
  const noteId = useId();

  useLayoutEffect(() => {
    if (field.current !== null) fitHeight(field.current);
  }, [field, text]);

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === IME_KEY_CODE) return;
    if (mentions.press(event)) return;
    if (event.key === "ArrowUp" && text === "" && onUp !== undefined) {
      event.preventDefault();
      onUp();
    } else if (event.key === "Enter" && isSending(event, sendKey)) {
      event.preventDefault();
      onSubmit();
    }
  };

  const insert = (inserted: string) => {
    const element = field.current;
    if (element === null) return;
    const { selectionStart, selectionEnd } = element;
    onWrite(text.slice(0, selectionStart) + inserted + text.slice(selectionEnd));
    const caret = selectionStart + inserted.length;
    requestAnimationFrame(() => element.setSelectionRange(caret, caret));
  };

  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = onFiles === undefined ? [] : pastedFiles(event.clipboardData);
    if (files.length > 0) {
      event.preventDefault();
      onFiles?.(files);
      return;
    }
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
        onSubmit();
      }}
    >
      <div role="alert">
        {problem !== null && (
          <Notice tone="danger" className="mb-2">
            {problem}
          </Notice>
        )}
      </div>
      {above}
      <div className="relative flex items-end gap-1 rounded-lg border border-line-strong bg-field p-0.5 transition-colors focus-within:border-accent">
        <EmojiPanel onChoose={insert} onClose={() => field.current?.focus()} />
        {props.beside}
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t("composer.label")}
          aria-describedby={`${hintId} ${noteId}`}
          aria-invalid={text.length > MAX_TEXT_LENGTH}
          placeholder={placeholder}
          enterKeyHint={sendKey === "enter" ? "send" : "enter"}
          {...(isOffering && {
            role: "combobox",
            "aria-expanded": true,
            "aria-autocomplete": "list" as const,
            "aria-controls": mentions.listId,
            "aria-activedescendant": mentions.activeId,
          })}
          className="max-h-composer min-h-control min-w-0 flex-1 resize-none bg-transparent px-1 py-[calc((var(--control)-1.375rem)/2)] text-message text-ink outline-none placeholder:truncate placeholder:text-ink-muted touch:py-[calc((var(--control)-1.5rem)/2)] touch:text-message-touch"
          onChange={(event) => onWrite(event.target.value)}
          onSelect={mentions.look}
          onBlur={mentions.close}
          onKeyDown={press}
          onPaste={paste}
        />
        {isOffering && (
          <MentionList
            id={mentions.listId}
            options={mentions.options}
            active={mentions.active}
            onPick={mentions.pick}
          />
        )}
        <span className="flex h-control items-center">
          <LengthNote id={noteId} length={text.length} />
        </span>
        {text === "" && insteadOfSubmit !== undefined ? (
          insteadOfSubmit
        ) : (
          <button
            type="submit"
            aria-label={submitLabel}
            title={submitLabel}
            disabled={!canSubmit}
            className={clsx(
              "inline-flex size-control shrink-0 items-center justify-center rounded-md text-ink-muted transition-colors disabled:opacity-60",
              "not-disabled:bg-accent not-disabled:text-on-accent not-disabled:hover:bg-accent-hover not-disabled:active:bg-accent-pressed",
            )}
          >
            <Icon aria-hidden className="size-5" strokeWidth={1.75} />
          </button>
        )}
      </div>
      <p id={hintId} className="sr-only">
        {t(sendKey === "enter" ? "composer.hint" : "composer.hintSwapped")}
      </p>
    </form>
  );
}
