import { Bookmark, type LucideIcon, Plus, Star, UserRoundSearch, UsersRound } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { IconButton } from "../../ui/icon-button.tsx";
import { menuClass } from "../../ui/menu-class.ts";
import { savedPath } from "../conversation/placeholder.ts";

interface ItemProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onSelect: () => void;
}

function Item({ to, icon: Icon, label, onSelect }: ItemProps) {
  return (
    <DropdownMenu.Item asChild onSelect={onSelect}>
      <Link
        to={to}
        className="flex min-h-control items-center gap-3 rounded-sm px-3 text-base outline-none data-highlighted:bg-hover"
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
  // Who has gone elsewhere looks there; the focus back at the button would open its tooltip, and ring it.
  const isLeaving = useRef(false);
  const leave = () => {
    isLeaving.current = true;
  };
  const ownId = useClientState((state) => state.me?.userId);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon={Plus} label={t("chats.new")} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        onCloseAutoFocus={(event) => {
          if (!isLeaving.current) return;
          isLeaving.current = false;
          event.preventDefault();
          document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
        }}
        className={menuClass}
      >
        <Item to="/groups/new" icon={UsersRound} label={t("chats.newGroup")} onSelect={leave} />
        {ownId !== undefined && (
          <Item to={savedPath(ownId)} icon={Bookmark} label={t("keeping.saved")} onSelect={leave} />
        )}
        <Item to="/contacts" icon={UserRoundSearch} label={t("chats.findPeople")} onSelect={leave} />
        <Item to="/starred" icon={Star} label={t("marks.starred")} onSelect={leave} />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
