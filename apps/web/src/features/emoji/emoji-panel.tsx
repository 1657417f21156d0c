import { Smile } from "lucide-react";
import { Popover } from "radix-ui";
import { useTranslation } from "react-i18next";
import { COARSE } from "../../lib/use-media-query.ts";
import { focusContent } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { EmojiPicker } from "./emoji-picker.tsx";
import { rememberEmoji } from "./recent-emoji.ts";

interface EmojiPanelProps {
  readonly onChoose: (emoji: string) => void;
  /** The panel is gone: the focus belongs back to the text. */
  readonly onClose: () => void;
}

/** The emoji beside the composer; it stays open for several. */
export function EmojiPanel({ onChoose, onClose }: EmojiPanelProps) {
  const { t } = useTranslation();
  return (
    <Popover.Root>
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
          className="z-30 flex max-h-(--radix-popover-content-available-height) w-104 max-w-[calc(100vw-1rem)] animate-pop-in data-[state=closed]:animate-none flex-col rounded-lg bg-raised p-2 shadow-overlay outline-none"
          onOpenAutoFocus={(event) => {
            // The search's focus would bring up a phone's keyboard, in the place of the emoji that were asked for.
            if (window.matchMedia(COARSE).matches) focusContent(event);
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClose();
          }}
        >
          <EmojiPicker
            onPick={(emoji) => {
              rememberEmoji(emoji);
              onChoose(emoji);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
