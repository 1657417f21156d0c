import { clsx } from "clsx";
import { DropdownMenu } from "radix-ui";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { ActionSheet } from "./action-sheet.tsx";
import type { ActionMenuProps } from "./menu-choice.ts";

const itemClass =
  "flex min-h-control items-center gap-3 rounded-sm px-3 text-base outline-none data-highlighted:bg-hover";

/** What may be done with one thing: beside where it was clicked, or for the finger at the bottom of the screen. */
export function ActionMenu(props: ActionMenuProps) {
  const { menu, quick = [], quickLabel, choices, onClose } = props;
  const { t } = useTranslation();
  const chosen = useRef<(() => void) | null>(null);
  const choose = (run: () => void) => {
    chosen.current = run;
  };
  /** The focus is back where it was before anything is done: what opens a dialog or the composer takes it from there. */
  const finish = () => {
    const run = chosen.current;
    chosen.current = null;
    menu.returnTo.focus({ preventScroll: true });
    run?.();
  };

  if (menu.as === "sheet") return <ActionSheet {...props} choose={choose} onClosed={finish} />;
  return (
    <DropdownMenu.Root open onOpenChange={onClose}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="pointer-events-none fixed" style={{ ...menu.anchor }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t("actions.title")}
          aria-labelledby={undefined}
          className="scroll-pane z-30 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-pop-in rounded-md bg-raised p-1 shadow-overlay"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            finish();
          }}
        >
          {quick.length > 0 && (
            <DropdownMenu.Group aria-label={quickLabel} className="mb-1 flex border-b border-line pb-1">
              {quick.map(({ label, sign, run }) => (
                <DropdownMenu.Item
                  key={label}
                  aria-label={label}
                  onSelect={() => choose(run)}
                  className="flex size-control items-center justify-center rounded-sm text-xl outline-none data-highlighted:bg-hover"
                >
                  {sign}
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          )}
          {choices.map(({ id, icon: Icon, label, isDangerous = false, run }) => (
            <DropdownMenu.Item
              key={id}
              className={clsx(itemClass, isDangerous && "text-danger-ink")}
              onSelect={() => choose(run)}
            >
              <Icon aria-hidden className={clsx("size-5", !isDangerous && "text-ink-muted")} strokeWidth={1.75} />
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
