import type { Message } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Tooltip } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { toggleReaction } from "../message-actions/react-to.tsx";
import { useLongPress } from "../message-actions/use-long-press.ts";

/** Most people whom a reaction's tooltip names. */
const NAMED = 20;

type Reaction = NonNullable<Message["reactions"]>[number];

interface ReactionButtonProps {
  readonly reaction: Reaction;
  readonly message: Message;
}

/** One emoji with its count: pressed to join in or to leave, rested on to see who has. */
function ReactionButton({ reaction, message }: ReactionButtonProps) {
  const { t } = useTranslation();
  const client = useClient();
  const nameOf = useNameOf();
  const ownId = useClientState((state) => state.me?.userId ?? "");
  const [isOpen, setOpen] = useState(false);
  const longPress = useLongPress(() => setOpen(true));
  const { emoji, count, userIds } = reaction;
  const isOwn = userIds.includes(ownId);
  const named = userIds.slice(0, NAMED).map((userId) => (userId === ownId ? t("common.you") : nameOf(userId)));
  const names = named.join(t("common.listSeparator"));
  const who = count > NAMED ? t("actions.reactedMore", { names, count: count - NAMED }) : names;
  return (
    <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
      <Tooltip.Trigger asChild>
        <button
          {...longPress}
          type="button"
          aria-pressed={isOwn}
          aria-label={t("actions.reacted", { emoji, count, names: who })}
          className={clsx(
            "hit-area figures flex h-7 min-w-control items-center justify-center gap-1 rounded-full border px-2 text-xs transition-colors touch:h-8 active:scale-95",
            isOwn
              ? "border-accent bg-bubble-own text-ink"
              : "border-line bg-raised text-ink-muted hover:border-line-strong",
          )}
          onPointerDown={(event) => {
            // The row's own resting finger would open its menu.
            event.stopPropagation();
            longPress.onPointerDown(event);
          }}
          onClick={() => toggleReaction(emoji, message, { client, ownId })}
        >
          <span>{emoji}</span>
          <span>{count}</span>
        </button>
      </Tooltip.Trigger>
      <Tooltip.Content
        sideOffset={6}
        collisionPadding={8}
        className="z-50 max-w-72 animate-fade-in rounded-sm bg-ink px-2 py-1 text-xs wrap-anywhere text-surface select-none"
      >
        {who}
      </Tooltip.Content>
    </Tooltip.Root>
  );
}

/** What people answered a message with, by one emoji each. Own ones are marked. */
export function Reactions({ message }: { readonly message: Message }) {
  const { t } = useTranslation();
  const { reactions = [] } = message;
  if (reactions.length === 0) return null;
  return (
    <ul aria-label={t("message.reactions")} className="flex flex-wrap gap-x-1 gap-y-3 pt-1 pb-1.5">
      {reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <ReactionButton reaction={reaction} message={message} />
        </li>
      ))}
    </ul>
  );
}
