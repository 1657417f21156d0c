import type { UserId } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { KINDS, PERIODS, type Period, type Search } from "./search-params.ts";

interface SearchFiltersProps {
  readonly search: Search;
  /** Whose messages were found: they can be chosen. */
  readonly senders: readonly UserId[];
  readonly onChange: (search: Search) => void;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

/** The browser's own list: it works with fingers, keys and readers alike. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value}
      className="h-control min-w-0 flex-1 truncate rounded-md border border-line-strong bg-field px-2 text-sm text-ink"
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** Narrows what is found: its kind, who wrote it, and when. */
export function SearchFilters({ search, senders: found, onChange }: SearchFiltersProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const ownId = useClientState((state) => state.me?.userId);
  const peerId = useClientState(
    (state) => state.conversations.find((each) => each.conversationId === search.within)?.peerId,
  );
  const people = [ownId, peerId, search.senderId, ...found];
  const senders = [...new Set(people)].filter((userId) => userId !== undefined);
  return (
    <div role="group" aria-label={t("search.filters")} className="flex shrink-0 flex-col gap-2 px-4 pb-2">
      <Segmented
        label={t("search.kind")}
        value={KINDS.find((kind) => kind === search.kind) ?? "any"}
        options={KINDS.map((value) => ({ value, label: t(`search.kind_${value}`) }))}
        onChange={(kind) => onChange({ ...search, kind: kind === "any" ? undefined : kind })}
      />
      <div className="flex gap-2">
        <Choice
          label={t("search.sender")}
          value={search.senderId ?? ""}
          options={[["", t("search.sender_any")], ...senders.map((userId) => [userId, nameOf(userId)] as const)]}
          onChange={(senderId) => onChange({ ...search, senderId: senderId === "" ? undefined : senderId })}
        />
        <Choice
          label={t("search.date")}
          value={search.period}
          options={(Object.keys(PERIODS) as Period[]).map((period) => [period, t(`search.date_${period}`)])}
          onChange={(period) => onChange({ ...search, period: period as Period })}
        />
      </div>
    </div>
  );
}
