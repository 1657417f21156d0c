import { useCallback, useState } from "react";
import { QuickSwitcher } from "./quick-switcher.tsx";
import { ShortcutSheet } from "./shortcut-sheet.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

/** What the keys bring that mean the same everywhere: the way to any conversation, and the sheet of shortcuts. */
export function Shortcuts() {
  const [open, setOpen] = useState<"none" | "jump" | "help">("none");
  const onJump = useCallback(() => setOpen("jump"), []);
  const onHelp = useCallback(() => setOpen("help"), []);
  const close = () => setOpen("none");
  useShortcuts({ onJump, onHelp });
  if (open === "jump") return <QuickSwitcher onClose={close} />;
  return open === "help" ? <ShortcutSheet onClose={close} /> : null;
}
