import type { ConversationId } from "@im-webapp/protocol";
import { ChevronRight, Files, Images, type LucideIcon, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useBeginSearch } from "./search-keys.ts";

interface LineProps {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly onPress: () => void;
}

function Line({ icon: Icon, text, onPress }: LineProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onPress}
        className="flex min-h-control w-full items-center gap-3 rounded-md px-2 text-left text-base transition-colors hover:bg-hover active:bg-pressed"
      >
        <Icon aria-hidden className="size-5 shrink-0 text-ink-muted" strokeWidth={1.75} />
        <span className="min-w-0 flex-1">{text}</span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-muted" />
      </button>
    </li>
  );
}

/** The ways to what was said in a conversation: its text, its pictures and its files. */
export function FindIn({ conversationId }: { readonly conversationId: ConversationId }) {
  const { t } = useTranslation();
  const beginSearch = useBeginSearch();
  return (
    <ul className="flex flex-col border-t border-line px-2 pt-2">
      <Line icon={Search} text={t("search.inConversation")} onPress={() => beginSearch(conversationId)} />
      <Line icon={Images} text={t("search.pictures")} onPress={() => beginSearch(conversationId, "image")} />
      <Line icon={Files} text={t("search.files")} onPress={() => beginSearch(conversationId, "file")} />
    </ul>
  );
}
