import type { ConversationView } from "@im-webapp/client";
import { ROLES, type UpdateGroupRequest } from "@im-webapp/protocol";
import { LogOut, Trash2, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useConversationTitle } from "../conversation/conversation-title.ts";
import { GroupRequests } from "../joining/group-requests.tsx";
import { InviteButton } from "../joining/invite-button.tsx";
import { KeepingSection } from "../keeping/keeping-section.tsx";
import { FindIn } from "../search/find-in.tsx";
import { AddMembersDialog } from "./add-members-dialog.tsx";
import { GroupMembers } from "./group-members.tsx";
import { GroupPortrait } from "./group-portrait.tsx";
import { GroupSettings } from "./group-settings.tsx";
import { GroupTexts } from "./group-texts.tsx";
import { useGroup } from "./use-group.ts";
import { useGroupMembers } from "./use-group-members.ts";

/** What a group is, who is in it, and what one can do about it. */
export function GroupDetails({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const client = useClient();
  const ownId = useClientState((state) => state.me?.userId);
  const title = useConversationTitle(conversation);
  const [open, setOpen] = useState<"none" | "add" | "leave" | "dissolve">("none");
  const { groupId = "", memberCount, memberVersion = 0, left = false, lastMessage } = conversation;
  // Changes are system messages themselves, but for aliases, which raise the version.
  const system = lastMessage?.content.kind === "system" ? lastMessage.seq : 0;
  const version = `${memberCount ?? 0} ${memberVersion} ${system}`;
  const [group, setGroup] = useGroup(groupId, version, !left);
  const [query, setQuery] = useState("");
  const members = useGroupMembers(groupId, { version, isMember: !left, query: query.trim() });
  const listed = members.listing.status === "ready" ? members.listing.members : [];
  const self = listed.find((member) => member.userId === ownId);
  const ownRole = conversation.role ?? self?.role ?? ROLES.member;
  const isAdmin = ownRole >= ROLES.admin;
  const isOwner = ownRole === ROLES.owner;
  const count = group?.memberCount ?? memberCount;

  const update = async (changes: UpdateGroupRequest) => setGroup(await client.groups.update(groupId, changes));
  const dialog = (name: typeof open) => ({
    open: open === name,
    onOpenChange: (next: boolean) => setOpen(next ? name : "none"),
  });

  return (
    <div className="scroll-pane flex flex-1 flex-col pb-4">
      <GroupPortrait
        conversation={conversation}
        title={title}
        note={count === undefined ? undefined : t("groups.membersCount", { count })}
        canEdit={isAdmin && !left}
      />
      <FindIn conversationId={conversation.conversationId} />
      <KeepingSection conversation={conversation} />
      {left ? (
        <p className="px-4 text-center text-sm text-balance text-ink-muted">
          {t(conversation.dissolved === true ? "groups.dissolved" : "conversation.left")}
        </p>
      ) : (
        <>
          {group !== undefined && <GroupTexts group={group} canEdit={isAdmin} onUpdate={update} />}
          {(isAdmin || group?.whoMayAdd !== "admins") && (
            <div className="flex flex-col gap-3 px-4 pt-4">
              <Button variant="secondary" wide onClick={() => setOpen("add")}>
                <UserRoundPlus aria-hidden className="size-5" strokeWidth={1.75} />
                {t("groups.add")}
              </Button>
              <InviteButton conversation={conversation} />
            </div>
          )}
          <GroupRequests groupId={groupId} />
          <GroupMembers
            conversation={conversation}
            members={members}
            ownRole={ownRole}
            query={query}
            onQuery={setQuery}
          />
          {isAdmin && group !== undefined && <GroupSettings group={group} onUpdate={update} />}
          <div className="mt-3 flex flex-col gap-1 border-t border-line px-4 pt-4">
            <Button variant="danger-ghost" wide onClick={() => setOpen("leave")}>
              <LogOut aria-hidden className="size-5" strokeWidth={1.75} />
              {t("groups.leave")}
            </Button>
            {isOwner && (
              <Button variant="danger-ghost" wide onClick={() => setOpen("dissolve")}>
                <Trash2 aria-hidden className="size-5" strokeWidth={1.75} />
                {t("groups.dissolve")}
              </Button>
            )}
          </div>
          <AddMembersDialog groupId={groupId} members={listed} {...dialog("add")} />
          <ConfirmDialog
            {...dialog("leave")}
            title={t("groups.leaveTitle", { name: title })}
            text={t(isOwner ? "groups.leaveAsOwnerText" : "groups.leaveText")}
            confirm={t("groups.leaveConfirm")}
            busy={t("groups.leaving")}
            onConfirm={() => client.groups.leave(groupId)}
          />
          <ConfirmDialog
            {...dialog("dissolve")}
            title={t("groups.dissolveTitle", { name: title })}
            text={t("groups.dissolveText")}
            confirm={t("groups.dissolveConfirm")}
            busy={t("groups.dissolving")}
            onConfirm={async () => {
              await client.groups.dissolve(groupId);
            }}
          />
        </>
      )}
    </div>
  );
}
