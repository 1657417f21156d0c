import type { ConversationView } from "@im-webapp/client";
import { CalendarSearch, Ellipsis, Search } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { peerOf } from "../conversation/placeholder.ts";
import { useBeginSearch } from "../search/search-keys.ts";
import { DateDialog } from "./date-dialog.tsx";
import { KeepingItems, MenuItem } from "./keeping-items.tsx";
import { menuClass } from "../../ui/menu-class.ts";

/** The menu of an open conversation: its place by date, and how one keeps it. */
export function HeaderMenu({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const beginSearch = useBeginSearch();
  if (peerOf(conversation.conversationId) !== null) return null;
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <IconButton icon={Ellipsis} label={t("keeping.menu")} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} className={menuClass}>
          <MenuItem
            parts={DropdownMenu}
            icon={Search}
            label={t("search.inConversation")}
            onSelect={() => beginSearch(conversation.conversationId)}
          />
          <MenuItem
            parts={DropdownMenu}
            icon={CalendarSearch}
            label={t("keeping.goToDate")}
            onSelect={() => setAsking(true)}
          />
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <KeepingItems parts={DropdownMenu} conversation={conversation} />
        </DropdownMenu.Content>
      </DropdownMenu.Root>
      <DateDialog conversationId={conversation.conversationId} open={isAsking} onOpenChange={setAsking} />
    </>
  );
}
