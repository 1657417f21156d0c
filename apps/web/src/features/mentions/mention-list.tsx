import { clsx } from "clsx";
import { AtSign } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../ui/avatar.tsx";
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
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={t("mention.list")}
      className="scroll-pane absolute inset-x-0 bottom-full z-20 mb-2 max-h-64 max-w-90 animate-pop-in rounded-md bg-raised p-1 shadow-overlay"
    >
      {options.map((option, index) => (
        // The text has the focus and the keys; this is for the pointer.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={option.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={clsx(
            "flex h-control cursor-pointer items-center gap-3 rounded-sm px-2 text-base hover:bg-hover",
            index === active && "bg-selected",
          )}
          // The field must not lose the focus, and with it the place of the caret.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
        >
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
        </div>
      ))}
    </div>
  );
}
