import { Ban } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useErrorText } from "../../lib/error-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SettingsPage, SettingsPart } from "./settings-parts.tsx";

function BlockedPerson({ userId }: { readonly userId: string }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const name = useNameOf()(userId);
  const [state, setState] = useState<{ busy: boolean; problem?: string }>({ busy: false });
  const unblock = async () => {
    setState({ busy: true });
    try {
      await client.contacts.unblock(userId);
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, problem: errorText(error) });
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3 px-4 py-2">
      <Avatar id={userId} name={name} />
      <span className="min-w-0 flex-1 truncate text-base font-medium">{name}</span>
      <Button variant="secondary" busy={state.busy} onClick={() => void unblock()}>
        {t(state.busy ? "people.unblocking" : "people.unblock")}
      </Button>
      <div role="alert" className="w-full empty:hidden">
        {state.problem !== undefined && <Notice tone="danger">{state.problem}</Notice>}
      </div>
    </div>
  );
}

/** Those whom one blocks, and the way to end it. */
export function BlockedPage() {
  const { t } = useTranslation();
  const contacts = useClientState((state) => state.contacts);
  const blocked = [...contacts.values()].filter((contact) => contact.blocked);
  return (
    <SettingsPage title={t("settings.blocked")}>
      {blocked.length === 0 ? (
        <EmptyState icon={Ban} title={t("people.noBlocked")} hint={t("people.noBlockedHint")} />
      ) : (
        <SettingsPart title={t("settings.blockedHint")}>
          {blocked.map(({ userId }) => (
            <BlockedPerson key={userId} userId={userId} />
          ))}
        </SettingsPart>
      )}
    </SettingsPage>
  );
}
