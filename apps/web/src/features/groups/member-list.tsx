import { type Member, type Role, ROLES, type UserId } from "@im-webapp/protocol";
import { UserRoundMinus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { PersonLine } from "../../ui/person-line.tsx";

interface MemberListProps {
  readonly members: readonly Member[];
  readonly ownRole: Role;
  /** Resolves once the member is out. */
  readonly onRemove: (userId: UserId) => Promise<void>;
  /** Fetches more members; absent when all are there. */
  readonly onMore?: (() => Promise<void>) | undefined;
}

function useRoleName(): (role: Role) => string | undefined {
  const { t } = useTranslation();
  return (role) => {
    if (role === ROLES.owner) return t("groups.owner");
    return role === ROLES.admin ? t("groups.admin") : undefined;
  };
}

/** A group's members. Owners and admins can remove those below them. */
export function MemberList({ members, ownRole, onRemove, onMore }: MemberListProps) {
  const { t } = useTranslation();
  const ownId = useClientState((state) => state.me?.userId);
  const roleName = useRoleName();
  const [leaving, setLeaving] = useState<Member | null>(null);
  const [isAsking, setAsking] = useState(false);

  return (
    <>
      <ul>
        {members.map((member) => {
          const canRemove = member.userId !== ownId && ownRole >= ROLES.admin && ownRole > member.role;
          return (
            <li key={member.userId} className="group/member relative flex items-center">
              <Link
                to={`/u/${encodeURIComponent(member.userId)}`}
                className="flex h-14 min-w-0 flex-1 items-center gap-3 rounded-md px-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2 active:bg-pressed"
              >
                <PersonLine
                  user={member}
                  note={roleName(member.role) ?? (member.userId === ownId ? t("common.you") : undefined)}
                  noteClass={
                    canRemove
                      ? "hoverable:group-focus-within/member:invisible hoverable:group-hover/member:invisible"
                      : undefined
                  }
                />
                {canRemove && <span aria-hidden className="hidden w-control shrink-0 touch:block" />}
              </Link>
              {canRemove && (
                <span className="absolute right-1 hoverable:opacity-0 hoverable:group-focus-within/member:opacity-100 hoverable:group-hover/member:opacity-100">
                  <IconButton
                    icon={UserRoundMinus}
                    label={t("groups.removeMember", { name: member.displayName })}
                    onClick={() => {
                      setLeaving(member);
                      setAsking(true);
                    }}
                  />
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {onMore !== undefined && (
        <Button variant="ghost" wide onClick={() => void onMore()}>
          {t("common.loadMore")}
        </Button>
      )}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t("groups.removeTitle")}
        text={t("groups.removeText", { name: leaving?.displayName ?? "" })}
        confirm={t("groups.removeConfirm")}
        busy={t("groups.removing")}
        onConfirm={async () => {
          if (leaving !== null) await onRemove(leaving.userId);
        }}
      />
    </>
  );
}
