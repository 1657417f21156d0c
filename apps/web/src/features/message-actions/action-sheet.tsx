import { clsx } from "clsx";
import { Dialog } from "radix-ui";
import { useTranslation } from "react-i18next";
import type { ActionMenuProps } from "./menu-choice.ts";

interface ActionSheetProps extends Omit<ActionMenuProps, "menu"> {
  readonly choose: (run: () => void) => void;
  /** The sheet is gone. */
  readonly onClosed: () => void;
}

/** The menu for the finger: what is done most in reach of the thumb, and below it what else may be done. */
export function ActionSheet(props: ActionSheetProps) {
  const { about, quick = [], quickLabel, choices, onClose, choose, onClosed } = props;
  const { t } = useTranslation();
  const pick = (run: () => void) => {
    choose(run);
    onClose();
  };
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
              {about}
            </p>
            {quick.length > 0 && (
              <div role="group" aria-label={quickLabel} className="flex border-b border-line pb-1">
                {quick.map(({ label, sign, run }) => (
                  <button
                    key={label}
                    type="button"
                    aria-label={label}
                    className="flex aspect-square min-w-0 flex-1 items-center justify-center rounded-md text-xl transition-colors active:bg-pressed"
                    onClick={() => pick(run)}
                  >
                    {sign}
                  </button>
                ))}
              </div>
            )}
            {choices.map(({ id, icon: Icon, label, isDangerous = false, run }) => (
              <button
                key={id}
                type="button"
                className={clsx(
                  "flex min-h-12 items-center gap-4 rounded-md px-3 text-left text-lg transition-colors active:bg-pressed",
                  isDangerous && "text-danger-ink",
                )}
                onClick={() => pick(run)}
              >
                <Icon aria-hidden className={clsx("size-5", !isDangerous && "text-ink-muted")} strokeWidth={1.75} />
                {label}
              </button>
            ))}
          </Dialog.Content>
        </Dialog.Overlay>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
