import type { Group, UpdateGroupRequest } from "@im-webapp/protocol";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNameOf } from "../../app/names.ts";
import { MAX_NAME } from "../../lib/names.ts";
import { fullLabel } from "../../lib/time.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { EditTextDialog } from "./edit-text-dialog.tsx";

/** Longest texts, in UTF-16 units, as the server's schemas have them. */
const MAX_DESCRIPTION = 500;
const MAX_ANNOUNCEMENT = 2_000;

type Part = "name" | "announcement" | "description";

interface GroupTextsProps {
  readonly group: Group;
  readonly canEdit: boolean;
  readonly onUpdate: (changes: UpdateGroupRequest) => Promise<void>;
}

interface LineProps {
  readonly label: string;
  readonly text: string;
  readonly note?: string | undefined;
  readonly empty: string;
  readonly edit?: { readonly label: string; readonly onClick: () => void } | undefined;
}

function Line({ label, text, note, empty, edit }: LineProps) {
  return (
    <section aria-label={label} className="pt-1 pb-3">
      <div className="flex min-h-control items-center gap-2">
        <h3 className="min-w-0 flex-1 text-sm text-ink-muted">{label}</h3>
        {edit !== undefined && <IconButton icon={Pencil} label={edit.label} onClick={edit.onClick} />}
      </div>
      {text === "" ? (
        <p className="text-base text-ink-muted">{empty}</p>
      ) : (
        <p className="text-base wrap-anywhere whitespace-pre-wrap">{text}</p>
      )}
      {note !== undefined && <p className="mt-1 text-xs text-ink-muted">{note}</p>}
    </section>
  );
}

/** What a group is called, what it is about and what it has to say; its admins change it here. */
export function GroupTexts({ group, canEdit, onUpdate }: GroupTextsProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const style = useTimeStyle();
  const [editing, setEditing] = useState<Part | null>(null);
  const { announcement } = group;
  const edit = (part: Part, label: string) => (canEdit ? { label, onClick: () => setEditing(part) } : undefined);
  const dialog = (part: Part) => ({
    open: editing === part,
    onOpenChange: (open: boolean) => setEditing(open ? part : null),
    onSave: (text: string) => onUpdate({ [part]: text }),
  });

  return (
    <div className="mt-3 divide-y divide-line border-y border-line px-4">
      {canEdit && <Line label={t("groups.name")} text={group.name} empty="" edit={edit("name", t("groups.rename"))} />}
      <Line
        label={t("groups.announcement")}
        text={announcement?.text ?? ""}
        empty={t("groups.noAnnouncement")}
        note={
          announcement &&
          t("groups.announcedBy", { by: nameOf(announcement.by), at: fullLabel(announcement.at, style) })
        }
        edit={edit("announcement", t("groups.editAnnouncement"))}
      />
      {(canEdit || group.description !== "") && (
        <Line
          label={t("groups.description")}
          text={group.description}
          empty={t("groups.noDescription")}
          edit={edit("description", t("groups.editDescription"))}
        />
      )}
      <EditTextDialog
        {...dialog("name")}
        title={t("groups.rename")}
        initial={group.name}
        maxLength={MAX_NAME}
        rows={1}
        isRequired
      />
      <EditTextDialog
        {...dialog("announcement")}
        title={t("groups.editAnnouncement")}
        hint={t("groups.announcementHint")}
        initial={announcement?.text ?? ""}
        maxLength={MAX_ANNOUNCEMENT}
        rows={8}
      />
      <EditTextDialog
        {...dialog("description")}
        title={t("groups.editDescription")}
        initial={group.description}
        maxLength={MAX_DESCRIPTION}
        rows={4}
      />
    </div>
  );
}
