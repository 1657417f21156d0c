import type { Message } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { SmilePlus } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ActionContext, MessageAction } from "./message-action.ts";
import type { OpenMenu } from "./message-control.ts";
import { MessageSheet } from "./message-sheet.tsx";
import { canReact, pickReaction, toggleReaction } from "./react-to.tsx";
import { quickReactions } from "./quick-reactions.ts";
import { MESSAGE_ACTIONS } from "./registry.ts";

interface MessageMenuProps {
  readonly menu: OpenMenu | null;
  readonly makeContext: () => ActionContext;
  readonly onClose: () => void;
}

type Run = (message: Message, context: ActionContext) => void;

const itemClass = "flex h-control items-center gap-3 rounded-sm px-3 text-base outline-none data-highlighted:bg-hover";

interface EmojiItemProps {
  readonly label: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function EmojiItem({ label, onSelect, children }: EmojiItemProps) {
  return (
    <DropdownMenu.Item
      aria-label={label}
      onSelect={onSelect}
      className="flex size-9 items-center justify-center rounded-sm text-xl outline-none data-highlighted:bg-hover touch:size-control"
    >
      {children}
    </DropdownMenu.Item>
  );
}

/** What may be done with one message: beside where it was clicked, or for the finger at the bottom of the screen. */
export function MessageMenu({ menu, makeContext, onClose }: MessageMenuProps) {
  const { t } = useTranslation();
  const chosen = useRef<Run | null>(null);
  if (menu === null) return null;

  const { message, anchor, returnTo } = menu;
  const context = makeContext();
  const actions = MESSAGE_ACTIONS.filter((action) => action.isOffered(message, context));
  const choose = (run: Run) => {
    chosen.current = run;
  };
  /** The focus is back where it was before anything is done: what opens a dialog or the composer takes it from there. */
  const finish = () => {
    const run = chosen.current;
    chosen.current = null;
    returnTo.focus({ preventScroll: true });
    run?.(message, context);
  };

  if (menu.as === "sheet") {
    return (
      <MessageSheet
        message={message}
        context={context}
        actions={actions}
        onClose={onClose}
        onClosed={finish}
        choose={choose}
      />
    );
  }
  return (
    <DropdownMenu.Root open onOpenChange={onClose}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="pointer-events-none fixed" style={{ ...anchor }} />
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
          {canReact(message, context) && (
            <DropdownMenu.Group aria-label={t("actions.react")} className="flex border-b border-line pb-1 mb-1">
              {quickReactions().map((emoji) => (
                <EmojiItem
                  key={emoji}
                  label={t("actions.reactWith", { emoji })}
                  onSelect={() => choose((...given) => toggleReaction(emoji, ...given))}
                >
                  {emoji}
                </EmojiItem>
              ))}
              <EmojiItem label={t("actions.reactMore")} onSelect={() => choose(pickReaction)}>
                <SmilePlus aria-hidden className="size-5 text-ink-muted" strokeWidth={1.75} />
              </EmojiItem>
            </DropdownMenu.Group>
          )}
          {actions.map((action) => (
            <Item key={action.id} action={action} message={message} choose={choose} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  readonly action: MessageAction;
  readonly message: Message;
  readonly choose: (run: Run) => void;
}

function Item({ action, message, choose }: ItemProps) {
  const { t } = useTranslation();
  const { icon: Icon, isDangerous = false } = action;
  return (
    <DropdownMenu.Item
      className={clsx(itemClass, isDangerous && "text-danger-ink")}
      onSelect={() => choose((...given) => action.run(...given))}
    >
      <Icon aria-hidden className={clsx("size-5", !isDangerous && "text-ink-muted")} strokeWidth={1.75} />
      {action.label(t, message)}
    </DropdownMenu.Item>
  );
}
