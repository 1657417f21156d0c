import type { ConversationView } from "@im-webapp/client";
import { ContextMenu } from "radix-ui";
import { type PointerEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { swallowClick } from "../../lib/swallow-click.ts";
import { menuClass } from "../../ui/menu-class.ts";
import { peerOf } from "../conversation/placeholder.ts";
import { KeepingItems } from "./keeping-items.tsx";

interface RowMenuProps {
  readonly conversation: ConversationView;
  /** The row: one element. */
  readonly children: ReactNode;
}

/** The menu of a row in the list, by the right button, the menu key, or a long press. */
export function RowMenu({ conversation, children }: RowMenuProps) {
  const { t } = useTranslation();
  const isTouched = useRef(false);
  // The server does not have it yet, and cannot keep anything of it.
  if (peerOf(conversation.conversationId) !== null) return children;
  return (
    <ContextMenu.Root
      modal={false}
      onOpenChange={(open) => {
        // The finger is still on the row, and lifting it is no click on that.
        if (open && isTouched.current) swallowClick();
      }}
    >
      <ContextMenu.Trigger
        asChild
        onPointerDown={({ pointerType }: PointerEvent) => {
          isTouched.current = pointerType === "touch";
        }}
        onPointerUp={() => {
          isTouched.current = false;
        }}
        onPointerCancel={() => {
          isTouched.current = false;
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content aria-label={t("keeping.menu")} className={menuClass} collisionPadding={8}>
          <KeepingItems parts={ContextMenu} conversation={conversation} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
