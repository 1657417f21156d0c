import { Bookmark, type LucideIcon, Plus, Star, UserRoundSearch, UsersRound } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { IconButton } from "../../ui/icon-button.tsx";
import { savedPath } from "../conversation/placeholder.ts";

interface ItemProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly label: string;
}

function Item({ to, icon: Icon, label }: ItemProps) {
  return (
    <DropdownMenu.Item asChild>
      <Link
        to={to}
        className="flex h-control items-center gap-3 rounded-sm px-3 text-base outline-none data-highlighted:bg-hover"
      >
        <Icon aria-hidden className="size-5 text-ink-muted" strokeWidth={1.75} />
        {label}
      </Link>
    </DropdownMenu.Item>
  );
}

/** The ways to a new chat. */
export function NewChatMenu() {
  const { t } = useTranslation();
  const ownId = useClientState((state) => state.me?.userId);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon={Plus} label={t("chats.new")} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        className="z-30 min-w-44 animate-pop-in rounded-md bg-raised p-1 shadow-overlay"
      >
        <Item to="/groups/new" icon={UsersRound} label={t("chats.newGroup")} />
        {ownId !== undefined && <Item to={savedPath(ownId)} icon={Bookmark} label={t("keeping.saved")} />}
        <Item to="/contacts" icon={UserRoundSearch} label={t("chats.findPeople")} />
        <Item to="/starred" icon={Star} label={t("marks.starred")} />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
