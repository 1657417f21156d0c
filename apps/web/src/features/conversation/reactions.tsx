import type { Message } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";

/** Most people whom a reaction's tooltip names. */
const NAMED = 10;

interface ReactionsProps {
  readonly reactions: NonNullable<Message["reactions"]>;
}

/** What others answered a message with, by one emoji each. Own ones are marked. */
export function Reactions({ reactions }: ReactionsProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const ownId = useClientState((state) => state.me?.userId);
  return (
    <ul aria-label={t("message.reactions")} className="flex flex-wrap gap-1 pt-1">
      {reactions.map(({ emoji, count, userIds }) => (
        <li
          key={emoji}
          title={userIds.slice(0, NAMED).map(nameOf).join(t("common.listSeparator"))}
          className={clsx(
            "figures flex h-6 items-center gap-1 rounded-full border px-2 text-xs",
            ownId !== undefined && userIds.includes(ownId)
              ? "border-accent bg-bubble-own text-ink"
              : "border-line bg-raised text-ink-muted",
          )}
        >
          <span>{emoji}</span>
          <span>{count}</span>
        </li>
      ))}
    </ul>
  );
}
