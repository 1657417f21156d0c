import { AtSign } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../ui/avatar.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { EVERYONE } from "./picked-mentions.ts";
import type { MentionOption } from "./use-mentions.ts";

interface MentionListProps {
  readonly id: string;
  readonly options: readonly MentionOption[];
  /** The one that Enter takes. */
  readonly active: number;
  readonly onPick: (option: MentionOption) => void;
}

/** Whom the @ that is being typed may mean, over the composer. The focus stays in the text. */
export function MentionList({ id, options, active, onPick }: MentionListProps) {
  const { t } = useTranslation();
  return (
    <OptionList
      id={id}
      label={t("mention.list")}
      options={options}
      keyOf={(option) => option.id}
      active={active}
      onPick={onPick}
      className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-64 max-w-90 animate-pop-in rounded-md bg-raised p-1 shadow-overlay"
      optionClassName="h-control rounded-sm"
    >
      {(option) => (
        <>
          {option.id === EVERYONE ? (
            <span className="flex size-7 shrink-0 items-center justify-center rounded-sm bg-accent text-on-accent">
              <AtSign aria-hidden className="size-4" />
            </span>
          ) : (
            <Avatar id={option.id} name={option.name} className="size-7" />
          )}
          <span className="min-w-24 flex-1 truncate">{option.name}</span>
          {option.note !== undefined && (
            <span className="max-w-2/5 truncate text-xs text-ink-muted">{option.note}</span>
          )}
        </>
      )}
    </OptionList>
  );
}
