import { ArrowLeft, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { useClientState } from "@im-webapp/react";
import { IconButton } from "../../ui/icon-button.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { useTitleOf } from "../conversation/conversation-title.ts";
import { NEW_SEARCH, type Search } from "./search-params.ts";
import { isAskedFor } from "./search-keys.ts";

interface SearchBarProps {
  readonly search: Search | undefined;
  readonly onChange: (search: Search | undefined) => void;
}

/** The field above the chats; with a way out of the conversation that is looked through, and out of the search. */
export function SearchBar({ search, onChange }: SearchBarProps) {
  const { t } = useTranslation();
  const titleOf = useTitleOf();
  const frame = useRef<HTMLDivElement>(null);
  const state: unknown = useLocation().state;
  const within = useClientState((client) =>
    client.conversations.find((each) => each.conversationId === search?.within),
  );
  const isWithin = search?.within !== undefined;
  useEffect(() => {
    if (isAskedFor(state)) frame.current?.querySelector("input")?.focus();
  }, [state]);
  // What was typed and has not reached the address yet, which is behind somebody who types fast.
  const [typed, setTyped] = useState<string | null>(null);
  const query = search?.query ?? "";
  if (typed === query) setTyped(null);
  const change = (next: Search | undefined) => {
    setTyped(null);
    onChange(next);
  };
  const type = (text: string) => {
    setTyped(text);
    // An empty field in which nothing else is chosen is no search.
    const isOver = text === "" && !isWithin;
    onChange(isOver ? undefined : { ...(search ?? NEW_SEARCH), query: text });
  };
  return (
    <div ref={frame} className="flex shrink-0 flex-col gap-1 px-4 pb-2">
      <div className="flex items-center gap-1">
        <div className="min-w-0 flex-1">
          <SearchField
            label={t("search.field")}
            placeholder={t(isWithin ? "search.placeholderIn" : "search.placeholder")}
            value={typed ?? query}
            onChange={type}
          />
        </div>
        {search !== undefined && <IconButton icon={X} label={t("search.close")} onClick={() => change(undefined)} />}
      </div>
      {isWithin && (
        <div className="flex items-center gap-1">
          <IconButton
            icon={ArrowLeft}
            label={t("search.leave")}
            onClick={() => change({ ...search, within: undefined, senderId: undefined })}
          />
          <span className="min-w-0 flex-1 truncate text-sm text-ink-muted">
            {t("search.in", { name: within === undefined ? "…" : titleOf(within) })}
          </span>
        </div>
      )}
    </div>
  );
}
