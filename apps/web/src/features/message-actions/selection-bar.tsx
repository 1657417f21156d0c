import type { ConversationView } from "@im-webapp/client";
import { clsx } from "clsx";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { MAX_SELECTED, useMessageControl, useMessageModes } from "./message-control.ts";
import { SELECTION_ACTIONS } from "./registry.ts";
import { useActionContext } from "./use-action-context.ts";

/** In the composer's place while several messages are picked: how many, and what may be done with them. */
export function SelectionBar({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const control = useMessageControl();
  const { selection } = useMessageModes();
  const makeContext = useActionContext(conversation, control);
  const messages = [...(selection?.values() ?? [])].toSorted((a, b) => a.seq - b.seq);
  const context = makeContext();
  const count = messages.length;
  return (
    <div
      role="toolbar"
      aria-label={t("actions.selected", { count })}
      className="flex shrink-0 items-center gap-1 border-t border-line bg-surface px-2 pt-2 pb-[calc(--spacing(2)+env(safe-area-inset-bottom,0px))] sm:px-4 sm:py-3"
    >
      <IconButton icon={X} label={t("common.cancel")} onClick={control.leave} />
      <p role="status" className="figures min-w-0 flex-1 truncate text-base">
        {t("actions.selected", { count })}
        {count === MAX_SELECTED && <span className="text-ink-muted"> · {t("actions.selectedMost")}</span>}
      </p>
      {SELECTION_ACTIONS.map((action) => (
        <button
          key={action.id}
          type="button"
          disabled={count === 0 || !action.isOffered(messages, context)}
          className={clsx(
            "inline-flex h-control items-center gap-2 rounded-md px-3 text-base transition-colors not-disabled:hover:bg-hover not-disabled:active:bg-pressed disabled:opacity-40",
            action.isDangerous && "text-danger-ink",
          )}
          onClick={() => action.run(messages, makeContext())}
        >
          <action.icon aria-hidden className="size-5" strokeWidth={1.75} />
          <span className="max-sm:sr-only">{action.label(t)}</span>
        </button>
      ))}
    </div>
  );
}
