import { Smile } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { EMOJI, recentEmoji, rememberEmoji } from "./emoji.ts";

/** Emoji in a row; the arrow keys go by it. */
const COLUMNS = 8;

interface EmojiPanelProps {
  readonly onChoose: (emoji: string) => void;
  /** The panel is gone: the focus belongs back to the text. */
  readonly onClose: () => void;
}

function move(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const index = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(Math.max(index + step, 0), buttons.length - 1)]?.focus();
}

interface GridProps {
  readonly title: string;
  readonly list: readonly string[];
  readonly onPick: (emoji: string) => void;
}

function Grid({ title, list, onPick }: GridProps) {
  return (
    <section aria-label={title}>
      <h2 className="px-1 py-1 text-xs text-ink-muted">{title}</h2>
      <div className="grid grid-cols-8">
        {list.map((emoji) => (
          <button
            key={emoji}
            type="button"
            className="flex h-control items-center justify-center rounded-sm text-xl transition-colors hover:bg-hover focus-visible:-outline-offset-2 active:bg-pressed"
            onClick={() => onPick(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    </section>
  );
}

/** A small choice of emoji; it stays open for several. */
export function EmojiPanel({ onChoose, onClose }: EmojiPanelProps) {
  const { t } = useTranslation();
  const [recent, setRecent] = useState<readonly string[]>([]);
  const pick = (emoji: string) => {
    rememberEmoji(emoji);
    onChoose(emoji);
  };
  return (
    <Popover.Root onOpenChange={(open) => open && setRecent(recentEmoji())}>
      <Popover.Trigger asChild>
        <IconButton icon={Smile} label={t("composer.emoji")} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={10}
          collisionPadding={8}
          aria-label={t("composer.emoji")}
          className="scroll-pane z-30 max-h-(--radix-popover-content-available-height) w-90 max-w-[calc(100vw-1rem)] animate-pop-in rounded-lg bg-raised p-2 shadow-overlay outline-none"
          onKeyDown={move}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClose();
          }}
        >
          {recent.length > 0 && <Grid title={t("composer.emojiRecent")} list={recent} onPick={pick} />}
          <Grid title={t("composer.emojiAll")} list={EMOJI} onPick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
