import type { ConversationView } from "@im-webapp/client";
import type { ConversationId } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { useConversationTitle, useTitleOf } from "../conversation/conversation-title.ts";
import { findPeople } from "../mentions/find-people.ts";
import { usePinyin } from "../mentions/use-pinyin.ts";
import type { Handing } from "./handing.ts";

/** Most conversations at once: beyond it, a broadcast is meant, which this is not. */
const MAX_TARGETS = 20;

/** Longest note, in UTF-16 units. */
const MAX_NOTE = 500;

interface ChoiceProps {
  readonly conversation: ConversationView;
  readonly isChosen: boolean;
  readonly isDisabled: boolean;
  readonly onToggle: () => void;
}

function Choice({ conversation, isChosen, isDisabled, onToggle }: ChoiceProps) {
  const title = useConversationTitle(conversation);
  return (
    <label
      className={clsx(
        "relative flex h-14 items-center gap-3 rounded-md px-2 transition-colors has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent",
        isDisabled ? "opacity-60" : "cursor-pointer hover:bg-hover active:bg-pressed",
      )}
    >
      <input type="checkbox" className="peer sr-only" checked={isChosen} disabled={isDisabled} onChange={onToggle} />
      <span
        aria-hidden
        className="inline-flex size-5 shrink-0 items-center justify-center rounded-full border border-line-strong text-transparent transition-colors peer-checked:border-accent peer-checked:bg-accent peer-checked:text-on-accent"
      >
        <Check className="size-3.5" strokeWidth={3} />
      </span>
      <ConversationAvatar conversation={conversation} />
      <span className="min-w-0 flex-1 truncate text-base">{title}</span>
    </label>
  );
}

/** The conversations that one may write to and that a query finds by name or pinyin, the latest first without one. */
function useTargets(query: string): readonly ConversationView[] {
  const conversations = useClientState((state) => state.conversations);
  const users = useClientState((state) => state.users);
  const titleOf = useTitleOf();
  const pinyin = usePinyin(query !== "");
  const open = useMemo(
    () =>
      conversations.flatMap((conversation) => {
        const { type, left, peerId } = conversation;
        const peer = peerId === undefined ? undefined : users.get(peerId);
        if (type === "system" || left === true || peer?.deleted === true) return [];
        const others = peer === undefined ? [] : [peer.displayName, peer.username];
        return { conversation, name: titleOf(conversation), others };
      }),
    [conversations, users, titleOf],
  );
  return useMemo(() => findPeople(open, query, pinyin).map(({ conversation }) => conversation), [open, query, pinyin]);
}

interface ForwardDialogProps {
  readonly handing: Handing;
  /** Called when it closes; with the number of conversations when something was sent. */
  readonly onClose: (sentTo?: number) => void;
}

/** Chooses where messages, or a card, are handed on to, how, and with which words. What is sent waits where it must. */
export function ForwardDialog({ handing, onClose }: ForwardDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const noteId = useId();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<readonly ConversationId[]>([]);
  const [note, setNote] = useState("");
  const [how, setHow] = useState<"merged" | "single">(handing.merged === undefined ? "single" : "merged");
  const [refusal, setRefusal] = useState<string | null>(null);
  const targets = useTargets(query);
  const count = handing.single.length;

  const toggle = (id: ConversationId) =>
    setChosen((held) => (held.includes(id) ? held.filter((other) => other !== id) : [...held, id]));
  const send = async () => {
    const contents = how === "merged" && handing.merged ? [handing.merged] : handing.single;
    const words = note.trim();
    try {
      for (const conversationId of chosen) {
        for (const content of contents) await client.send({ conversationId, content });
        if (words !== "") await client.send({ conversationId, content: { kind: "text", text: words } });
      }
      onClose(chosen.length);
    } catch (error) {
      setRefusal(errorText(error));
    }
  };

  return (
    <Dialog
      open
      onOpenChange={() => onClose()}
      title={count > 1 ? t("forward.titleCount", { count }) : t("forward.title")}
      footer={
        <>
          <Button variant="secondary" onClick={() => onClose()}>
            {t("common.cancel")}
          </Button>
          <Button disabled={chosen.length === 0} onClick={() => void send()}>
            {chosen.length === 0 ? t("forward.send") : t("forward.sendCount", { count: chosen.length })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 px-4 pb-2">
        {handing.merged !== undefined && (
          <Segmented
            label={t("forward.how")}
            value={how}
            options={[
              { value: "merged", label: t("forward.merged") },
              { value: "single", label: t("forward.oneByOne") },
            ]}
            onChange={setHow}
          />
        )}
        <SearchField label={t("forward.search")} placeholder={t("forward.search")} value={query} onChange={setQuery} />
      </div>
      <div className="scroll-pane min-h-40 flex-1 px-2">
        {targets.length === 0 ? (
          <p role="status" className="p-6 text-center text-base text-ink-muted">
            {t("forward.nothingFound")}
          </p>
        ) : (
          <ul>
            {targets.map((conversation) => {
              const id = conversation.conversationId;
              const isChosen = chosen.includes(id);
              return (
                <li key={id}>
                  <Choice
                    conversation={conversation}
                    isChosen={isChosen}
                    isDisabled={!isChosen && chosen.length >= MAX_TARGETS}
                    onToggle={() => toggle(id)}
                  />
                </li>
              );
            })}
          </ul>
        )}
      </div>
      <div className="flex flex-col gap-2 px-4 py-3">
        {chosen.length >= MAX_TARGETS && (
          <p role="status" className="text-xs text-ink-muted">
            {t("forward.tooMany", { count: MAX_TARGETS })}
          </p>
        )}
        <div role="alert" className="empty:hidden">
          {refusal !== null && <Notice tone="danger">{refusal}</Notice>}
        </div>
        <label htmlFor={noteId} className="sr-only">
          {t("forward.note")}
        </label>
        <input
          id={noteId}
          type="text"
          value={note}
          maxLength={MAX_NOTE}
          placeholder={t("forward.note")}
          className="h-control w-full min-w-0 rounded-md border border-line-strong bg-field px-3 text-base text-ink placeholder:text-ink-muted focus-visible:border-accent focus-visible:outline-1 focus-visible:-outline-offset-1 touch:text-lg"
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </Dialog>
  );
}
