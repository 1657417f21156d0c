import type { ConversationView } from "@im-webapp/client";
import { EyeOff, MailCheck, MailOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { SwitchLine } from "../../ui/switch-line.tsx";
import { useKeeping } from "./use-keeping.ts";

/** How one keeps a conversation, among its details. */
export function KeepingSection({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const keeping = useKeeping(conversation);
  const { pinned, notify = 0 } = conversation;
  const Mark = keeping.isUnread ? MailOpen : MailCheck;
  return (
    <section aria-label={t("keeping.settings")} className="px-2 pt-3">
      <ListHeading text={t("keeping.settings")} />
      <div className="flex flex-col px-2">
        <SwitchLine
          label={t("keeping.pin")}
          checked={pinned}
          onChange={(checked) => keeping.set({ pinned: checked })}
        />
        <SwitchLine
          label={t("keeping.notifySilent")}
          checked={notify === 1}
          onChange={(checked) => keeping.set({ notify: checked ? 1 : 0 })}
        />
        <SwitchLine
          label={t("keeping.notifyBlocked")}
          checked={notify === -1}
          onChange={(checked) => keeping.set({ notify: checked ? -1 : 0 })}
        />
      </div>
      <div className="flex flex-col pt-1">
        <Button variant="ghost" wide onClick={keeping.isUnread ? keeping.markRead : keeping.markUnread}>
          <Mark aria-hidden className="size-5" strokeWidth={1.75} />
          {keeping.isUnread ? t("keeping.markRead") : t("keeping.markUnread")}
        </Button>
        <Button variant="ghost" wide onClick={keeping.hide}>
          <EyeOff aria-hidden className="size-5" strokeWidth={1.75} />
          {t("keeping.hide")}
        </Button>
      </div>
    </section>
  );
}
