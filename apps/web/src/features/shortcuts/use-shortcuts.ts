import { useEffect } from "react";

/** Whether what is typed there is text. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select") !== null)
  );
}

const isDialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

interface Shortcuts {
  /** Ctrl+K or ⌘K, anywhere. */
  readonly onJump: () => void;
  /** `?`, where nobody is writing. */
  readonly onHelp: () => void;
}

/** Listens for the keys that mean the same everywhere. */
export function useShortcuts({ onJump, onHelp }: Shortcuts): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey) return;
      const isModified = event.ctrlKey || event.metaKey;
      if (isModified && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (!isDialogOpen()) onJump();
      } else if (event.key === "?" && !isModified && !isWriting(event.target) && !isDialogOpen()) {
        event.preventDefault();
        onHelp();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [onJump, onHelp]);
}
