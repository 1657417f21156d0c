import type { ConversationView } from "@im-webapp/client";
import { clsx } from "clsx";
import { Switch } from "radix-ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { useKeeping } from "./use-keeping.ts";

interface LineProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function SwitchLine({ label, on, onChange }: LineProps) {
  const id = useId();
  return (
    <div className="flex min-h-control items-center gap-3 px-2">
      <label htmlFor={id} className="min-w-0 flex-1 text-base">
        {label}
      </label>
      <Switch.Root
        id={id}
        checked={on}
        onCheckedChange={onChange}
        className={clsx("hit-area h-6 w-10 rounded-full p-0.5 transition-colors", on ? "bg-accent" : "bg-line-strong")}
      >
        <Switch.Thumb
          className={clsx("block size-5 rounded-full bg-surface transition-transform", on && "translate-x-4")}
        />
      </Switch.Root>
    </div>
  );
}

/** How one keeps a conversation, among its details. */
export function KeepingSection({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const keeping = useKeeping(conversation);
  const { pinned, notify = 0 } = conversation;
  return (
    <section aria-label={t("keeping.settings")} className="px-2 pt-3">
      <ListHeading text={t("keeping.settings")} />
      <SwitchLine label={t("keeping.pin")} on={pinned} onChange={(on) => keeping.set({ pinned: on })} />
      <SwitchLine
        label={t("keeping.notifySilent")}
        on={notify === 1}
        onChange={(on) => keeping.set({ notify: on ? 1 : 0 })}
      />
      <SwitchLine
        label={t("keeping.notifyBlocked")}
        on={notify === -1}
        onChange={(on) => keeping.set({ notify: on ? -1 : 0 })}
      />
      <div className="flex flex-wrap gap-2 px-2 pt-2">
        <Button
          variant="secondary"
          className="flex-1 whitespace-nowrap"
          onClick={keeping.isUnread ? keeping.markRead : keeping.markUnread}
        >
          {keeping.isUnread ? t("keeping.markRead") : t("keeping.markUnread")}
        </Button>
        <Button variant="secondary" className="flex-1 whitespace-nowrap" onClick={keeping.hide}>
          {t("keeping.hide")}
        </Button>
      </div>
    </section>
  );
}
