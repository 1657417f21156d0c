import type { ConversationId, Seq } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useNameOf } from "../../app/names.ts";
import { useContentText } from "./content-text.ts";
import { leapTo, messagePath } from "./conversation-path.ts";
import { type Quoted, useQuoted } from "./use-quoted.ts";

/** A quoted message as one line. */
function useQuoteText(): (quoted: Quoted) => string {
  const { t } = useTranslation();
  const contentText = useContentText();
  return (quoted) => {
    switch (quoted.kind) {
      case "known":
        return quoted.message.recalledAt === undefined
          ? contentText(quoted.message.content)
          : t("actions.quoteRecalled");
      case "denied":
        return t("actions.quoteDenied");
      case "unreached":
        return t("actions.quoteUnreached");
      case "loading":
        return "…";
    }
  };
}

interface QuoteProps {
  readonly conversationId: ConversationId;
  /** The message that is answered. */
  readonly seq: Seq;
  readonly isOwn: boolean;
}

/** What a message answers, in its bubble: who said it and how it begins. Pressing it leads there. */
export function Quote({ conversationId, seq, isOwn }: QuoteProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const nameOf = useNameOf();
  const quoteText = useQuoteText();
  const quoted = useQuoted(conversationId, seq);
  const name = quoted.kind === "known" ? nameOf(quoted.message.senderId) : null;
  const text = quoteText(quoted);
  return (
    <button
      type="button"
      disabled={quoted.kind === "denied"}
      aria-label={t("actions.quote", { name: name ?? "", text })}
      className={clsx(
        "mb-1 flex h-11 w-0 min-w-full flex-col justify-center rounded-sm border-l-2 border-accent px-2 text-left text-sm",
        "transition-colors not-disabled:hover:bg-pressed",
        isOwn ? "bg-hover" : "bg-ground",
      )}
      onClick={() => void navigate(messagePath(conversationId, seq), leapTo())}
    >
      {name !== null && <span className="block max-w-full truncate text-xs font-medium text-accent-ink">{name}</span>}
      <span className={clsx("block max-w-full truncate", isOwn ? "text-bubble-own-meta" : "text-ink-muted")}>
        {text}
      </span>
    </button>
  );
}
