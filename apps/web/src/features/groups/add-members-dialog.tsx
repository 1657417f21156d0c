import type { GroupId, Member, User } from "@im-webapp/protocol";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PeoplePicker } from "./people-picker.tsx";

interface AddMembersDialogProps {
  readonly groupId: GroupId;
  readonly members: readonly Member[];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Adds people to a group. */
export function AddMembersDialog({ groupId, members, open, onOpenChange }: AddMembersDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [picked, setPicked] = useState<readonly User[]>([]);
  const [proposed, setProposed] = useState(0);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const memberIds = useMemo(() => new Set(members.map((member) => member.userId)), [members]);

  const change = (next: boolean) => {
    if (busy) return;
    setPicked([]);
    setRefusal(null);
    setProposed(0);
    onOpenChange(next);
  };
  const add = async () => {
    setBusy(true);
    setRefusal(null);
    setProposed(0);
    try {
      const answer = await client.groups.addMembers(
        groupId,
        picked.map((user) => user.userId),
      );
      setPicked([]);
      setProposed(answer.proposed.length);
      if (answer.proposed.length === 0) onOpenChange(false);
    } catch (error) {
      setRefusal(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={t("groups.addTitle")}
      footer={
        <>
          <Button variant="secondary" disabled={busy} onClick={() => change(false)}>
            {t("common.cancel")}
          </Button>
          <Button busy={busy} disabled={picked.length === 0} onClick={() => void add()}>
            {busy && t("groups.adding")}
            {!busy && (picked.length === 0 ? t("groups.addNone") : t("groups.addConfirm", { count: picked.length }))}
          </Button>
        </>
      }
    >
      <PeoplePicker picked={picked} onChange={setPicked} members={memberIds} />
      <p role="status" className="px-5 pb-3 text-sm text-balance text-ink-muted empty:hidden">
        {proposed > 0 && t("joining.proposed", { count: proposed })}
      </p>
      <div role="alert" className="px-4 empty:hidden">
        {refusal !== null && (
          <Notice tone="danger" className="mb-3">
            {refusal}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
