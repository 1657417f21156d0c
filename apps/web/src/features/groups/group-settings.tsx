import { type Group, JOIN_POLICIES, type UpdateGroupRequest } from "@im-webapp/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import { ListHeading } from "../../ui/list-heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { SwitchLine } from "../../ui/switch-line.tsx";

interface GroupSettingsProps {
  readonly group: Group;
  readonly onUpdate: (changes: UpdateGroupRequest) => Promise<void>;
}

/** What only a group's admins set: who may speak, who may add, how people come in and what they then see. */
export function GroupSettings({ group, onUpdate }: GroupSettingsProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  /** What was chosen and is not stored yet, shown at once. */
  const [wanted, setWanted] = useState<UpdateGroupRequest | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = { ...group, ...wanted };
  const isBusy = wanted !== null;

  const set = async (changes: UpdateGroupRequest) => {
    if (isBusy) return;
    setWanted(changes);
    setProblem(null);
    try {
      await onUpdate(changes);
    } catch (error) {
      setProblem(errorText(error));
    }
    setWanted(null);
  };

  return (
    <section aria-label={t("groups.settings")} className="px-2 pt-2">
      <ListHeading text={t("groups.settings")} />
      <div className="flex flex-col gap-3 px-2">
        <SwitchLine
          label={t("groups.mutedAll")}
          hint={t("groups.mutedAllHint")}
          checked={shown.mutedAll}
          disabled={isBusy}
          onChange={(mutedAll) => void set({ mutedAll })}
        />
        <SwitchLine
          label={t("groups.onlyAdminsAdd")}
          checked={shown.whoMayAdd === "admins"}
          disabled={isBusy}
          onChange={(checked) => void set({ whoMayAdd: checked ? "admins" : "members" })}
        />
        <SwitchLine
          label={t("groups.historyVisible")}
          hint={t("groups.historyVisibleHint")}
          checked={shown.historyVisible}
          disabled={isBusy}
          onChange={(historyVisible) => void set({ historyVisible })}
        />
        <div className="flex flex-col gap-1.5">
          <span className="text-base">{t("groups.joinPolicy")}</span>
          <Segmented
            label={t("groups.joinPolicy")}
            value={shown.joinPolicy}
            options={JOIN_POLICIES.map((value) => ({ value, label: t(`groups.join.${value}`) }))}
            onChange={(joinPolicy) => void set({ joinPolicy })}
          />
        </div>
        <div role="alert" className="empty:hidden">
          {problem !== null && <Notice tone="danger">{problem}</Notice>}
        </div>
      </div>
    </section>
  );
}
