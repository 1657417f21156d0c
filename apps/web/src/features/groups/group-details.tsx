import type { ConversationView } from "@im-webapp/client";
import { ROLES } from "@im-webapp/protocol";
import { LogOut, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { useConversationTitle } from "../conversation/conversation-title.ts";
import { GroupRequests } from "../joining/group-requests.tsx";
import { InviteButton } from "../joining/invite-button.tsx";
import { AddMembersDialog } from "./add-members-dialog.tsx";
import { MemberList } from "./member-list.tsx";
import { useGroupMembers } from "./use-group-members.ts";

/** Who is in a group, and what one can do about it. */
export function GroupDetails({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const ownId = useClientState((state) => state.me?.userId);
  const title = useConversationTitle(conversation);
  const [open, setOpen] = useState<"none" | "add" | "leave">("none");
  const { groupId = "", memberCount, left = false, lastMessage } = conversation;
  // Each change of membership is itself a system message.
  const system = lastMessage?.content.kind === "system" ? lastMessage.seq : 0;
  const { listing, loadMore, reload } = useGroupMembers(groupId, `${memberCount ?? 0} ${system}`, !left);
  const members = listing.status === "ready" ? listing.members : [];
  const ownRole = members.find((member) => member.userId === ownId)?.role ?? ROLES.member;

  return (
    <div className="scroll-pane flex flex-1 flex-col pb-4">
      <div className="flex flex-col items-center px-4 pt-6 pb-4 text-center">
        <ConversationAvatar conversation={conversation} className="size-16" />
        <p className="mt-3 max-w-full text-lg font-semibold wrap-anywhere">{title}</p>
        {memberCount !== undefined && (
          <p className="figures text-sm text-ink-muted">{t("groups.membersCount", { count: memberCount })}</p>
        )}
      </div>
      {left ? (
        <p className="px-4 text-center text-sm text-balance text-ink-muted">{t("conversation.left")}</p>
      ) : (
        <>
          <div className="flex flex-col gap-3 px-4">
            <Button variant="secondary" wide onClick={() => setOpen("add")}>
              <UserRoundPlus aria-hidden className="size-5" strokeWidth={1.75} />
              {t("groups.add")}
            </Button>
            <InviteButton conversation={conversation} />
          </div>
          <GroupRequests groupId={groupId} />
          <section aria-label={t("groups.members")} className="flex-1 px-2 pt-2">
            <ListHeading text={t("groups.members")} />
            {listing.status === "loading" && <PeopleSkeleton rows={Math.min(memberCount ?? 3, 8)} />}
            {listing.status === "failed" && (
              <Notice
                tone="danger"
                action={
                  <TextButton tone="inherit" onClick={reload}>
                    {t("common.retry")}
                  </TextButton>
                }
              >
                {t("groups.loadFailed")} · {errorText(listing.error)}
              </Notice>
            )}
            {listing.status === "ready" && (
              <MemberList
                members={members}
                ownRole={ownRole}
                onRemove={(userId) => client.groups.removeMember(groupId, userId)}
                onMore={listing.page === undefined ? undefined : loadMore}
              />
            )}
          </section>
          <div className="mt-3 border-t border-line px-4 pt-4">
            <Button variant="danger-ghost" wide onClick={() => setOpen("leave")}>
              <LogOut aria-hidden className="size-5" strokeWidth={1.75} />
              {t("groups.leave")}
            </Button>
          </div>
          <AddMembersDialog
            groupId={groupId}
            members={members}
            open={open === "add"}
            onOpenChange={(next) => setOpen(next ? "add" : "none")}
          />
          <ConfirmDialog
            open={open === "leave"}
            onOpenChange={(next) => setOpen(next ? "leave" : "none")}
            title={t("groups.leaveTitle", { name: title })}
            text={t("groups.leaveText")}
            confirm={t("groups.leaveConfirm")}
            busy={t("groups.leaving")}
            onConfirm={() => client.groups.leave(groupId)}
          />
        </>
      )}
    </div>
  );
}
