import { type Member, MUTED_FOREVER, type Role, ROLES } from "@im-webapp/protocol";
import { MoreHorizontal } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/use-now.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { menuClass } from "../../ui/menu-class.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long one may be muted from the menu, in milliseconds. */
const MUTE_TIMES = [
  ["mute10m", 10 * MINUTE_MS],
  ["mute1h", HOUR_MS],
  ["mute1d", DAY_MS],
  ["muteForever", Infinity],
] as const;

/** What may be done to a member from their menu. */
export type MemberAction =
  | { readonly kind: "alias" | "remove" | "transfer" | "unmute" | "makeAdmin" | "makeMember" }
  | { readonly kind: "mute"; readonly until: number };

interface MemberMenuProps {
  readonly member: Member;
  readonly name: string;
  readonly ownRole: Role;
  readonly onAct: (action: MemberAction) => void;
}

const ITEM =
  "flex min-h-control items-center rounded-sm px-3 text-base outline-none select-none data-highlighted:bg-hover data-[danger]:text-danger-ink";

/** Whether somebody of this role may do anything to such a member. */
export function hasMemberMenu(ownRole: Role, member: Member): boolean {
  return ownRole >= ROLES.admin && ownRole > member.role;
}

/** What an admin or the owner may do to a member below them. */
export function MemberMenu({ member, name, ownRole, onAct }: MemberMenuProps) {
  const { t } = useTranslation();
  const isOwner = ownRole === ROLES.owner;
  const now = useNow();
  const isMuted = member.mutedUntil !== undefined && member.mutedUntil > now;
  const item = (label: string, action: MemberAction, isDangerous = false) => (
    <DropdownMenu.Item className={ITEM} data-danger={isDangerous || undefined} onSelect={() => onAct(action)}>
      {label}
    </DropdownMenu.Item>
  );
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon={MoreHorizontal} label={t("groups.memberMenu", { name })} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} className={menuClass}>
          {item(t("groups.setAlias"), { kind: "alias" })}
          {isOwner && member.role === ROLES.member && item(t("groups.makeAdmin"), { kind: "makeAdmin" })}
          {isOwner && member.role === ROLES.admin && item(t("groups.makeMember"), { kind: "makeMember" })}
          {isMuted ? (
            item(t("groups.unmute"), { kind: "unmute" })
          ) : (
            <DropdownMenu.Group>
              <DropdownMenu.Label className="px-3 pt-2 pb-1 text-xs text-ink-muted">
                {t("groups.mute")}
              </DropdownMenu.Label>
              {MUTE_TIMES.map(([key, lasts]) => (
                <DropdownMenu.Item
                  key={key}
                  className={ITEM}
                  onSelect={() => onAct({ kind: "mute", until: Math.min(Date.now() + lasts, MUTED_FOREVER) })}
                >
                  {t(`groups.${key}`)}
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          )}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          {isOwner && item(t("groups.transfer"), { kind: "transfer" })}
          {item(t("groups.removeFromGroup"), { kind: "remove" }, true)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
