import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { OpenMenu } from "./message-control.ts";

/** One thing to do, as a line of a menu. */
export interface MenuChoice {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  /** Cannot simply be undone, and is shown so. */
  readonly isDangerous?: boolean | undefined;
  /** Runs once the menu is gone and the focus is back where it was. */
  readonly run: () => void;
}

/** One thing to do, as a sign in the row above the lines. */
export interface QuickChoice {
  readonly label: string;
  readonly sign: ReactNode;
  readonly run: () => void;
}

/** What a menu shows, in either form. */
export interface ActionMenuProps {
  readonly menu: Pick<OpenMenu, "anchor" | "as" | "returnTo">;
  /** What it is the menu of, in a line. */
  readonly about: string;
  /** What is done most, in a row; named by `quickLabel`. */
  readonly quick?: readonly QuickChoice[];
  readonly quickLabel?: string;
  readonly choices: readonly MenuChoice[];
  readonly onClose: () => void;
}
