import type { Message } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { SmilePlus } from "lucide-react";
import { Dialog } from "radix-ui";
import { useTranslation } from "react-i18next";
import type { ActionContext, MessageAction } from "./message-action.ts";
import { quickReactions } from "./quick-reactions.ts";
import { canReact, pickReaction, toggleReaction } from "./react-to.tsx";

interface MessageSheetProps {
  readonly message: Message;
  readonly context: ActionContext;
  readonly actions: readonly MessageAction[];
  readonly onClose: () => void;
  /** The sheet is gone. */
  readonly onClosed: () => void;
  readonly choose: (run: (message: Message, context: ActionContext) => void) => void;
}

/** The menu of a message for the finger: reactions in reach of the thumb, and below them what else may be done. */
export function MessageSheet({ message, context, actions, onClose, onClosed, choose }: MessageSheetProps) {
  const { t } = useTranslation();
  const pick = (run: (message: Message, context: ActionContext) => void) => {
    choose(run);
    onClose();
  };
  const emojiClass =
    "flex aspect-square min-w-0 flex-1 items-center justify-center rounded-md text-xl transition-colors active:bg-pressed";
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 flex animate-fade-in items-end justify-center bg-scrim">
          <Dialog.Content
            aria-describedby={undefined}
            className="scroll-pane flex max-h-[80dvh] w-full max-w-110 animate-pop-in flex-col gap-1 rounded-t-lg bg-raised p-2 pb-[calc(--spacing(2)+env(safe-area-inset-bottom,0px))] shadow-overlay outline-none"
            onOpenAutoFocus={(event) => {
              event.preventDefault();
              if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              onClosed();
            }}
          >
            <Dialog.Title className="sr-only">{t("actions.title")}</Dialog.Title>
            <p aria-hidden className="truncate px-3 pt-1 pb-2 text-sm text-ink-muted">
              {context.textOf(message)}
            </p>
            {canReact(message, context) && (
              <div role="group" aria-label={t("actions.react")} className="flex border-b border-line pb-1">
                {quickReactions().map((emoji) => (
                  <button
                    key={emoji}
                    type="button"
                    aria-label={t("actions.reactWith", { emoji })}
                    className={emojiClass}
                    onClick={() => pick((...given) => toggleReaction(emoji, ...given))}
                  >
                    {emoji}
                  </button>
                ))}
                <button
                  type="button"
                  aria-label={t("actions.reactMore")}
                  className={emojiClass}
                  onClick={() => pick(pickReaction)}
                >
                  <SmilePlus aria-hidden className="size-6 text-ink-muted" strokeWidth={1.75} />
                </button>
              </div>
            )}
            {actions.map((action) => (
              <button
                key={action.id}
                type="button"
                className={clsx(
                  "flex min-h-12 items-center gap-4 rounded-md px-3 text-left text-lg transition-colors active:bg-pressed",
                  action.isDangerous && "text-danger-ink",
                )}
                onClick={() => pick((...given) => action.run(...given))}
              >
                <action.icon
                  aria-hidden
                  className={clsx("size-5", !action.isDangerous && "text-ink-muted")}
                  strokeWidth={1.75}
                />
                {action.label(t, message)}
              </button>
            ))}
          </Dialog.Content>
        </Dialog.Overlay>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
