import { type GroupId, type Member, type Role, ROLES } from "@im-webapp/protocol";
import { MicOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNameOf } from "../../app/names.ts";
import { useNow } from "../../lib/use-now.ts";
import { Link } from "react-router";
import { useClient, useClientState } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { MAX_NAME } from "../../lib/names.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PersonLine } from "../../ui/person-line.tsx";
import { EditTextDialog } from "./edit-text-dialog.tsx";
import { type MemberAction, MemberMenu, hasMemberMenu } from "./member-menu.tsx";

interface MemberListProps {
  readonly groupId: GroupId;
  readonly members: readonly Member[];
  readonly ownRole: Role;
  /** Fetches more members; absent when all are there. */
  readonly onMore?: (() => Promise<void>) | undefined;
  /** Something was changed that no news may tell of. */
  readonly onChanged: () => void;
}

/** What asks before it is done, or for a text. */
interface Asking {
  readonly what: "alias" | "remove" | "transfer";
  readonly member: Member;
}

function MemberNote({ member, isSelf }: { readonly member: Member; readonly isSelf: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  const isMuted = member.mutedUntil !== undefined && member.mutedUntil > now;
  const role =
    member.role === ROLES.owner ? t("groups.owner") : member.role === ROLES.admin ? t("groups.admin") : undefined;
  return (
    <span className="flex items-center gap-1.5">
      {isMuted && <MicOff role="img" aria-label={t("groups.isMuted")} className="size-4" />}
      {role ?? (isSelf && t("common.you"))}
    </span>
  );
}

/** A group's members, the owner and admins first. Owners and admins have a menu for each of those below them. */
export function MemberList({ groupId, members, ownRole, onMore, onChanged }: MemberListProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const ownId = useClientState((state) => state.me?.userId);
  const nameOf = useNameOf();
  const memberName = (member: Member) => nameOf(member.userId, member);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const attempt = async (work: Promise<unknown>) => {
    setProblem(null);
    try {
      await work;
      onChanged();
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  const act = (member: Member, action: MemberAction) => {
    const update = (changes: Parameters<typeof client.groups.updateMember>[2]) =>
      void attempt(client.groups.updateMember(groupId, member.userId, changes));
    switch (action.kind) {
      case "makeAdmin":
        return update({ role: ROLES.admin });
      case "makeMember":
        return update({ role: ROLES.member });
      case "mute":
        return update({ mutedUntil: action.until });
      case "unmute":
        return update({ mutedUntil: null });
      default:
        setAsking({ what: action.kind, member });
        setOpen(true);
    }
  };
  const dialog = (what: Asking["what"]) => ({ open: isOpen && asking?.what === what, onOpenChange: setOpen });
  const askedName = asking === null ? "" : memberName(asking.member);
  const askedId = asking?.member.userId ?? "";

  return (
    <>
      <div role="alert" className="px-2 empty:hidden">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
      <ul>
        {members.map((member) => {
          const name = memberName(member);
          const hasMenu = member.userId !== ownId && hasMemberMenu(ownRole, member);
          return (
            <li key={member.userId} className="flex items-center gap-1">
              <Link
                to={`/u/${encodeURIComponent(member.userId)}`}
                className="flex h-14 min-w-0 flex-1 items-center gap-3 rounded-md px-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2 active:bg-pressed"
              >
                <PersonLine
                  user={member}
                  name={name}
                  note={<MemberNote member={member} isSelf={member.userId === ownId} />}
                />
              </Link>
              {hasMenu && (
                <MemberMenu member={member} name={name} ownRole={ownRole} onAct={(action) => act(member, action)} />
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
        {...dialog("remove")}
        title={t("groups.removeTitle")}
        text={t("groups.removeText", { name: askedName })}
        confirm={t("groups.removeConfirm")}
        busy={t("groups.removing")}
        onConfirm={async () => {
          await client.groups.removeMember(groupId, askedId);
          onChanged();
        }}
      />
      <ConfirmDialog
        {...dialog("transfer")}
        title={t("groups.transferTitle", { name: askedName })}
        text={t("groups.transferText")}
        confirm={t("groups.transferConfirm")}
        busy={t("groups.transferring")}
        onConfirm={async () => {
          await client.groups.transfer(groupId, askedId);
          onChanged();
        }}
      />
      <EditTextDialog
        {...dialog("alias")}
        title={t("groups.aliasOf", { name: asking?.member.displayName ?? "" })}
        hint={t("groups.aliasHint")}
        initial={asking?.member.alias ?? ""}
        maxLength={MAX_NAME}
        rows={1}
        onSave={async (alias) => {
          await client.groups.updateMember(groupId, askedId, { alias });
          onChanged();
        }}
      />
    </>
  );
}
