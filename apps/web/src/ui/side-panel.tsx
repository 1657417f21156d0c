import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useMediaQuery, WIDE } from "../lib/use-media-query.ts";
import { focusContent } from "./dialog.tsx";
import { IconButton } from "./icon-button.tsx";
import { useReturnFocus } from "./use-return-focus.ts";

interface SidePanelProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Closes the panel on Esc, unless something above it has used the key. */
function useEscape(onClose: () => void, isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) onClose();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [onClose, isActive]);
}

function Sheet({ children }: { readonly children: ReactNode }) {
  return (
    <Dialog.Content
      aria-describedby={undefined}
      // A panel is a step of its own in the history, which back leaves by itself.
      data-own-step
      onOpenAutoFocus={focusContent}
      onCloseAutoFocus={useReturnFocus()}
      className="fixed inset-y-0 right-0 z-20 flex w-full animate-slide-in flex-col bg-surface pt-safe-top pb-safe-bottom shadow-overlay outline-none sm:w-90"
    >
      {children}
    </Dialog.Content>
  );
}

/** More about what is open: beside it on wide screens, over it elsewhere. */
export function SidePanel({ title, isOpen, onClose, children }: SidePanelProps) {
  const { t } = useTranslation();
  const isWide = useMediaQuery(WIDE);
  useEscape(onClose, isWide && isOpen);

  const header = (heading: ReactNode) => (
    <header className="flex h-15 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
      {heading}
      <IconButton icon={X} label={t("common.close")} onClick={onClose} />
    </header>
  );
  const titleClass = "min-w-0 flex-1 truncate text-lg font-semibold";

  if (isWide) {
    if (!isOpen) return null;
    return (
      <aside
        aria-label={title}
        className="flex w-panel shrink-0 animate-slide-in flex-col border-l border-line bg-surface"
      >
        {header(<h2 className={titleClass}>{title}</h2>)}
        {children}
      </aside>
    );
  }
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 animate-fade-in bg-scrim" />
        <Sheet>
          {header(<Dialog.Title className={titleClass}>{title}</Dialog.Title>)}
          {children}
        </Sheet>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
