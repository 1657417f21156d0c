import { Tabs } from "radix-ui";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Skeleton } from "../../ui/skeleton.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { EMOJI_GROUPS, type Emoji, type EmojiGroup, loadEmoji, searchEmoji } from "./emoji-data.ts";
import { recentEmoji } from "./recent-emoji.ts";

/** Emoji in a row; the arrow keys go by it. */
const COLUMNS = 8;

/** Most that a search shows: further ones are found by a longer word. */
const MOST_FOUND = 160;

/** What stands for a group among the tabs. */
const MARKS: Record<EmojiGroup | "recent", string> = {
  recent: "🕘",
  0: "😀",
  1: "👋",
  3: "🐻",
  4: "🍜",
  5: "🚗",
  6: "⚽",
  7: "💡",
  8: "🔣",
  9: "🏁",
};

type Tab = EmojiGroup | "recent";

/** ↑ ↓ ← → from one emoji to another. */
function move(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...(event.currentTarget.parentElement?.querySelectorAll("button") ?? [])];
  const index = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(Math.max(index + step, 0), buttons.length - 1)]?.focus();
}

type Loaded = { readonly all: readonly Emoji[] } | "loading" | "failed";

function useEmoji(): [Loaded, () => void] {
  const [loaded, setLoaded] = useState<Loaded>("loading");
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    loadEmoji().then(
      (all) => isCurrent && setLoaded({ all }),
      () => isCurrent && setLoaded("failed"),
    );
    return () => {
      isCurrent = false;
    };
  }, [attempt]);
  const retry = () => {
    setLoaded("loading");
    setAttempt((count) => count + 1);
  };
  return [loaded, retry];
}

interface GridProps {
  readonly list: readonly Emoji[];
  readonly onPick: (emoji: string) => void;
}

function Grid({ list, onPick }: GridProps) {
  const { i18n } = useTranslation();
  const language = i18n.language.startsWith("zh") ? 0 : 1;
  return (
    <div className="grid grid-cols-8">
      {list.map(({ unicode, names }) => (
        <button
          key={unicode}
          type="button"
          aria-label={`${unicode} ${names[language]}`}
          title={names[language]}
          className="flex h-control items-center justify-center rounded-sm text-xl transition-colors hover:bg-hover focus-visible:-outline-offset-2 active:bg-pressed"
          onKeyDown={move}
          onClick={() => onPick(unicode)}
        >
          {unicode}
        </button>
      ))}
    </div>
  );
}

function listOf(all: readonly Emoji[], query: string, tab: Tab, recent: readonly string[]): readonly Emoji[] {
  if (query.trim() !== "") return searchEmoji(all, query).slice(0, MOST_FOUND);
  if (tab !== "recent") return all.filter(({ group }) => group === tab);
  const known = new Map(all.map((emoji) => [emoji.unicode, emoji]));
  return recent.flatMap((unicode) => known.get(unicode) ?? []);
}

/** All emoji by group, those used last, and a search by their names in either language. */
export function EmojiPicker({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  const [loaded, retry] = useEmoji();
  const [recent] = useState(recentEmoji);
  const [tab, setTab] = useState<Tab>(recent.length > 0 ? "recent" : 0);
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query);
  const list = useMemo(
    () => (typeof loaded === "object" ? listOf(loaded.all, wanted, tab, recent) : []),
    [loaded, wanted, tab, recent],
  );
  const tabs: readonly Tab[] = recent.length > 0 ? ["recent", ...EMOJI_GROUPS] : EMOJI_GROUPS;
  const isSearching = query.trim() !== "";

  return (
    <Tabs.Root
      value={String(tab)}
      onValueChange={(value) => setTab(tabs.find((each) => String(each) === value) ?? 0)}
      className="flex min-h-0 flex-col gap-1"
    >
      <input
        type="search"
        value={query}
        aria-label={t("emoji.search")}
        placeholder={t("emoji.search")}
        className="h-control shrink-0 rounded-md border border-line-strong bg-field px-3 text-base text-ink outline-none placeholder:text-ink-muted focus:border-accent touch:text-lg"
        onChange={(event) => setQuery(event.target.value)}
      />
      {!isSearching && (
        <Tabs.List aria-label={t("emoji.groups")} className="flex shrink-0 overflow-x-auto overscroll-x-contain">
          {tabs.map((each) => (
            <Tabs.Trigger
              key={each}
              value={String(each)}
              aria-label={t(`emoji.group_${each}`)}
              title={t(`emoji.group_${each}`)}
              className="flex h-control min-w-control flex-1 items-center touch:min-w-12 justify-center border-b-2 border-transparent text-base transition-colors hover:bg-hover focus-visible:-outline-offset-2 aria-selected:border-accent"
            >
              {MARKS[each]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      )}
      <Tabs.Content
        value={String(tab)}
        tabIndex={-1}
        aria-label={isSearching ? t("emoji.found") : t(`emoji.group_${tab}`)}
        className="scroll-pane h-62 min-h-0 outline-none"
      >
        {loaded === "loading" && <Skeleton className="m-1 h-40 rounded-md" />}
        {loaded === "failed" && (
          <p role="alert" className="p-4 text-center text-sm text-ink-muted">
            {t("emoji.failed")} <TextButton onClick={retry}>{t("common.retry")}</TextButton>
          </p>
        )}
        {typeof loaded === "object" && list.length === 0 && (
          <p role="status" className="p-4 text-center text-sm text-ink-muted">
            {t("emoji.none")}
          </p>
        )}
        <Grid list={list} onPick={onPick} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
