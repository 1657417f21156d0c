import { type CreateInvitationRequest, type GroupId, type Invitation, ROLES, type Role } from "@im-webapp/protocol";
import { Link2 } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { RetryNotice } from "../../ui/retry.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { InvitationForm } from "./invitation-form.tsx";
import { InvitationRow } from "./invitation-row.tsx";
import { useAnswer } from "./use-answer.ts";

interface InvitationsDialogProps {
  readonly groupId: GroupId;
  readonly name: string;
  /** What the one who looks at it is in the group. */
  readonly role: Role;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** The links into a group: making them, showing them to others, and ending them. */
export function InvitationsDialog({ open, onOpenChange, ...rest }: InvitationsDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("joining.inviteTitle")}>
      <Invitations {...rest} />
    </Dialog>
  );
}

function Invitations({ groupId, name, role }: Omit<InvitationsDialogProps, "open" | "onOpenChange">) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [shown, setShown] = useState<string | null>(null);
  const [ending, setEnding] = useState<Invitation | null>(null);
  const settings = useAnswer(useCallback(() => client.groups.get(groupId), [client, groupId])).answer;
  const group = settings.status === "ready" ? settings.value : null;
  const isAdmin = role >= ROLES.admin;
  const asked = useAnswer(useCallback(() => client.joining.invitations(groupId), [client, groupId]));
  const { answer, replace, reload } = asked;
  const listed = answer.status === "ready" ? answer.value : null;

  const make = async (terms: CreateInvitationRequest) => {
    const made = await client.joining.invite(groupId, terms);
    replace({ more: false, ...listed, invitations: [made, ...(listed?.invitations ?? [])] });
    setShown(made.token);
  };
  const loadMore = async () => {
    if (listed?.page === undefined) return;
    const next = await client.joining.invitations(groupId, listed.page);
    replace({ ...next, invitations: [...listed.invitations, ...next.invitations] });
  };
  const revoke = async () => {
    if (ending === null || listed === null) return;
    await client.joining.revoke(groupId, ending.token);
    replace({ ...listed, invitations: listed.invitations.filter(({ token }) => token !== ending.token) });
  };

  return (
    <div className="scroll-pane flex flex-col gap-4 px-5 pb-5">
      <p className="text-sm text-balance text-ink-muted">
        {t("joining.inviteHint")}
        {isAdmin || group?.joinPolicy !== "approval" ? "" : ` ${t("joining.inviteHintApply")}`}
      </p>
      {!isAdmin && group?.whoMayAdd === "admins" ? (
        <p className="text-base text-balance">{t("joining.adminsOnly")}</p>
      ) : (
        <InvitationForm onMake={make} />
      )}
      <section aria-label={t("joining.links")} className="flex flex-col gap-2">
        {answer.status === "loading" && (
          <>
            <Skeleton className="h-16 w-full rounded-md" />
            <Skeleton className="h-16 w-full rounded-md" />
          </>
        )}
        {answer.status === "failed" && (
          <RetryNotice onRetry={reload}>
            {t("joining.linksFailed")} · {errorText(answer.error)}
          </RetryNotice>
        )}
        {listed?.invitations.length === 0 && (
          <div className="flex flex-col items-center gap-1 py-4 text-center">
            <Link2 aria-hidden className="size-6 text-ink-muted" strokeWidth={1.5} />
            <p className="text-base">{t("joining.noLinks")}</p>
            <p className="text-sm text-ink-muted">{t("joining.noLinksHint")}</p>
          </div>
        )}
        {listed !== null && listed.invitations.length > 0 && (
          <ul className="flex flex-col gap-2">
            {listed.invitations.map((invitation) => (
              <InvitationRow
                key={invitation.token}
                invitation={invitation}
                groupName={name}
                isShown={shown === invitation.token}
                onShow={() => setShown((now) => (now === invitation.token ? null : invitation.token))}
                onRevoke={() => setEnding(invitation)}
              />
            ))}
          </ul>
        )}
        {listed?.more === true && (
          <Button variant="ghost" onClick={() => void loadMore()}>
            {t("joining.more")}
          </Button>
        )}
      </section>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(next) => !next && setEnding(null)}
        title={t("joining.revokeTitle")}
        text={t("joining.revokeText")}
        confirm={t("joining.revoke")}
        busy={t("joining.revoking")}
        onConfirm={revoke}
      />
    </div>
  );
}
