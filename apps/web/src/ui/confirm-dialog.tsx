import { AlertDialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../lib/error-text.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { useReturnFocus } from "./use-return-focus.ts";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly text: string;
  /** The word for doing it, and for its being under way. */
  readonly confirm: string;
  readonly busy: string;
  /** What is done on confirmation. The dialog closes when it succeeds, and says why when it fails. */
  readonly onConfirm: () => Promise<void>;
}

function Content({ children }: { readonly children: ReactNode }) {
  return (
    <AlertDialog.Content
      onCloseAutoFocus={useReturnFocus()}
      className="flex w-full max-w-90 animate-pop-in flex-col gap-2 rounded-lg bg-raised p-5 shadow-overlay outline-none"
    >
      {children}
    </AlertDialog.Content>
  );
}

/** Asks before something that cannot simply be undone. */
export function ConfirmDialog({ open, onOpenChange, title, text, confirm, busy, onConfirm }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });

  const change = (next: boolean) => {
    if (state.busy) return;
    setState({ busy: false });
    onOpenChange(next);
  };
  const run = async () => {
    setState({ busy: true });
    try {
      await onConfirm();
      setState({ busy: false });
      onOpenChange(false);
    } catch (error) {
      setState({ busy: false, error: errorText(error) });
    }
  };

  return (
    <AlertDialog.Root open={open} onOpenChange={change}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 flex animate-fade-in items-center justify-center bg-scrim p-6">
          <Content>
            <AlertDialog.Title className="text-lg font-semibold wrap-break-word">{title}</AlertDialog.Title>
            <AlertDialog.Description className="text-base wrap-break-word text-ink-muted">
              {text}
            </AlertDialog.Description>
            <div role="alert">
              {state.error !== undefined && (
                <Notice tone="danger" className="mt-2">
                  {state.error}
                </Notice>
              )}
            </div>
            <div className="mt-3 flex justify-end gap-3">
              <AlertDialog.Cancel asChild>
                <Button variant="secondary">{t("common.cancel")}</Button>
              </AlertDialog.Cancel>
              <Button variant="danger" busy={state.busy} onClick={() => void run()}>
                {state.busy ? busy : confirm}
              </Button>
            </div>
          </Content>
        </AlertDialog.Overlay>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
