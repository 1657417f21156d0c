import type { ConversationView } from "@im-webapp/client";
import { ContextMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { peerOf } from "../conversation/placeholder.ts";
import { KeepingItems } from "./keeping-items.tsx";
import { menuClass } from "../../ui/menu-class.ts";

interface RowMenuProps {
  readonly conversation: ConversationView;
  /** The row: one element. */
  readonly children: ReactNode;
}

/** The menu of a row in the list, by the right button, the menu key, or a long press. */
export function RowMenu({ conversation, children }: RowMenuProps) {
  const { t } = useTranslation();
  // The server does not have it yet, and cannot keep anything of it.
  if (peerOf(conversation.conversationId) !== null) return children;
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content aria-label={t("keeping.menu")} className={menuClass} collisionPadding={8}>
          <KeepingItems parts={ContextMenu} conversation={conversation} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
