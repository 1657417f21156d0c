import type { GroupId, Member } from "@im-webapp/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { MAX_NAME } from "../../lib/names.ts";
import { EditTextDialog } from "./edit-text-dialog.tsx";

interface OwnAliasProps {
  readonly groupId: GroupId;
  readonly self: Member;
  readonly onChanged: () => void;
}

/** What one goes by in this group, which one may change oneself. */
export function OwnAlias({ groupId, self, onChanged }: OwnAliasProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="px-2 pt-2">
      <button
        type="button"
        className="flex min-h-control w-full items-center gap-4 rounded-md px-2 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2 active:bg-pressed"
        onClick={() => setOpen(true)}
      >
        <span className="shrink-0 text-base">{t("groups.ownAlias")}</span>
        <span className="min-w-0 flex-1 truncate text-right text-base text-ink-muted">
          {self.alias ?? self.displayName}
        </span>
      </button>
      <EditTextDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t("groups.ownAlias")}
        hint={t("groups.aliasHint")}
        initial={self.alias ?? ""}
        maxLength={MAX_NAME}
        rows={1}
        onSave={async (alias) => {
          await client.groups.updateMember(groupId, self.userId, { alias });
          onChanged();
        }}
      />
    </div>
  );
}
