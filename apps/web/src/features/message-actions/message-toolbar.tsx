import type { Message } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Ellipsis, Reply, SmilePlus } from "lucide-react";
import { Popover } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { IconButton } from "../../ui/icon-button.tsx";
import { type MessageControl, useMessageControl } from "./message-control.ts";
import { quickReactions } from "./quick-reactions.ts";
import { pickReaction, toggleReaction } from "./react-to.tsx";
import { type ToolbarPlace, isBeside } from "./toolbar-place.ts";

interface MessageToolbarProps {
  readonly message: Message;
  readonly isOwn: boolean;
  readonly place: ToolbarPlace;
  /** A menu of it is open, so that it stays. */
  readonly onHold: (isHeld: boolean) => void;
  readonly openMenu: (button: HTMLElement) => void;
}

/**
 * On either side of a conversation: beside the bubble's column, of which that of others ends in room of its own, and over
 * the row's end towards the middle.
 */
const SIDES = {
  own: { beside: "right-[calc(100%+0.5rem)]", over: "left-1" },
  others: { beside: "left-[calc(100%-0.5rem)] sm:left-[calc(100%-3.5rem)]", over: "right-1" },
} as const;

const emojiClass =
  "flex size-control items-center justify-center rounded-sm text-xl transition-colors hover:bg-hover focus-visible:-outline-offset-2 active:bg-pressed";

function QuickReactions({ message, control }: { readonly message: Message; readonly control: MessageControl }) {
  const { t } = useTranslation();
  const client = useClient();
  const ownId = useClientState((state) => state.me?.userId ?? "");
  const place = { client, ownId, control };
  return (
    <div role="group" aria-label={t("actions.react")} className="flex">
      {quickReactions().map((emoji) => (
        <Popover.Close key={emoji} asChild>
          <button
            type="button"
            aria-label={t("actions.reactWith", { emoji })}
            className={emojiClass}
            onClick={() => toggleReaction(emoji, message, place)}
          >
            {emoji}
          </button>
        </Popover.Close>
      ))}
      <Popover.Close asChild>
        <IconButton icon={SmilePlus} label={t("actions.reactMore")} onClick={() => pickReaction(message, place)} />
      </Popover.Close>
    </div>
  );
}

/** What is done most with a message, beside the pointer. The keyboard has the menu for it. */
export function MessageToolbar({ message, isOwn, place, onHold, openMenu }: MessageToolbarProps) {
  const { t } = useTranslation();
  const control = useMessageControl();
  return (
    <div
      className={clsx(
        "absolute z-10 flex animate-fade-in rounded-md bg-raised shadow-overlay",
        place.endsWith("-end") ? "bottom-0" : "top-0",
        SIDES[isOwn ? "own" : "others"][isBeside(place) ? "beside" : "over"],
      )}
    >
      <Popover.Root onOpenChange={onHold}>
        <Popover.Trigger asChild>
          <IconButton icon={SmilePlus} label={t("actions.react")} />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            side="top"
            sideOffset={4}
            collisionPadding={8}
            aria-label={t("actions.react")}
            className="z-30 animate-pop-in rounded-md bg-raised p-1 data-[state=closed]:animate-none shadow-overlay outline-none"
          >
            <QuickReactions message={message} control={control} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <IconButton icon={Reply} label={t("actions.reply")} onClick={() => control.reply(message)} />
      <IconButton
        icon={Ellipsis}
        label={t("actions.more")}
        aria-haspopup="menu"
        onClick={(event) => openMenu(event.currentTarget)}
      />
    </div>
  );
}
