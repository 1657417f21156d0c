import type { MailSettings } from "@im-webapp/protocol";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { useLoaded } from "../../lib/use-loaded.ts";
import { Notice } from "../../ui/notice.tsx";
import { SettingsPart } from "../settings/settings-parts.tsx";
import { AddressForm } from "./address-form.tsx";
import { CodeForm } from "./code-form.tsx";
import { MailManner } from "./mail-manner.tsx";

/** Mails to somebody who has been away for long: their address, its confirmation, and how they want them. */
export function MailPart() {
  const client = useClient();
  const loaded = useLoaded(useCallback(() => client.mail.settings(), [client]));
  // A server that sends no mail has nothing to set; and the other ways have said already when there is no server.
  if (loaded.status !== "ready" || !loaded.value.available) return null;
  return <MailForms settings={loaded.value} onChanged={loaded.reload} />;
}

interface MailFormsProps {
  readonly settings: MailSettings;
  readonly onChanged: () => void;
}

function MailForms({ settings, onChanged }: MailFormsProps) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const language = i18n.language.startsWith("zh") ? "zh-CN" : "en";

  const run = async (work: () => Promise<unknown>) => {
    setIsBusy(true);
    setProblem(null);
    try {
      await work();
      onChanged();
    } catch (error) {
      const code = wireErrorOf(error)?.code;
      if (code === "BAD_REQUEST") setProblem(t("mail.badAddress"));
      else setProblem(code === "FORBIDDEN" ? t("mail.wrongCode") : errorText(error));
    }
    setIsBusy(false);
  };
  const { address, confirmed } = settings;

  return (
    <SettingsPart title={t("mail.title")}>
      {address === undefined ? (
        <AddressForm
          disabled={isBusy}
          onSubmit={(given) => void run(() => client.mail.change({ address: given, language }))}
        />
      ) : confirmed ? (
        <MailManner
          settings={settings}
          address={address}
          disabled={isBusy}
          onChange={(change) => void run(() => client.mail.change({ ...change, language }))}
          onRemove={() => void run(() => client.mail.remove())}
        />
      ) : (
        <CodeForm
          address={address}
          disabled={isBusy}
          onConfirm={(code) => void run(() => client.mail.confirm(code))}
          onResend={() => void run(() => client.mail.change({ address, language }))}
          onRemove={() => void run(() => client.mail.remove())}
        />
      )}
      {problem !== null && (
        <div role="alert" className="px-4 py-2">
          <Notice tone="danger">{problem}</Notice>
        </div>
      )}
    </SettingsPart>
  );
}
