import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { COARSE } from "../lib/use-media-query.ts";
import { IconButton } from "./icon-button.tsx";
import { useReturnFocus } from "./use-return-focus.ts";

/** Focuses a dialog itself rather than its first button, whose tooltip would open with it. */
export function focusContent(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Its buttons, at the bottom and always in view. */
  readonly footer?: ReactNode;
  /** The field that one is in at once, but for a finger, which would get the keyboard over the window. */
  readonly firstField?: RefObject<HTMLElement | null>;
}

function Content({ title, children, footer, firstField }: Omit<DialogProps, "open" | "onOpenChange">) {
  const { t } = useTranslation();
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Content
      aria-describedby={undefined}
      onOpenAutoFocus={(event) => {
        focusContent(event);
        if (!window.matchMedia(COARSE).matches) firstField?.current?.focus();
      }}
      onCloseAutoFocus={returnFocus}
      className="flex max-h-[88dvh] w-full animate-pop-in flex-col rounded-t-lg bg-raised pb-safe-bottom shadow-overlay outline-none sm:max-h-160 sm:max-w-110 sm:rounded-lg"
    >
      <header className="flex items-center gap-2 py-2 pr-2 pl-5">
        <Primitive.Title className="min-w-0 flex-1 truncate text-lg font-semibold">{title}</Primitive.Title>
        <Primitive.Close asChild>
          <IconButton icon={X} label={t("common.close")} />
        </Primitive.Close>
      </header>
      <div className="flex min-h-0 flex-1 flex-col">{children}</div>
      {footer !== undefined && <footer className="flex justify-end gap-3 border-t border-line p-4">{footer}</footer>}
    </Primitive.Content>
  );
}

/** A window over the page: at the bottom of a phone's screen, in the middle elsewhere. Esc and the scrim close it. */
export function Dialog({ open, onOpenChange, ...content }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 flex animate-fade-in items-end justify-center bg-scrim sm:items-center sm:p-6">
          <Content {...content} />
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
