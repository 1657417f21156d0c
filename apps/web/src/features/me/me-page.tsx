import { LogOut } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { ConnectionNotice } from "../../app/connection-notice.tsx";
import { setLanguage } from "../../i18n/index.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../i18n/language.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { HidePresence } from "./privacy.tsx";
import { setTheme, useTheme } from "./theme.ts";

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h2 className="px-4 text-sm font-medium text-ink-muted">{title}</h2>
      <div className="divide-y divide-line rounded-lg bg-surface shadow-raised">{children}</div>
    </section>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
      <span className="text-base">{label}</span>
      {children}
    </div>
  );
}

function General() {
  const { t, i18n } = useTranslation();
  const theme = useTheme();
  const language = LANGUAGES.find((known) => known === i18n.language) ?? LANGUAGES[0];
  return (
    <Part title={t("me.general")}>
      <Line label={t("me.language")}>
        <Segmented
          label={t("me.language")}
          value={language}
          options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          onChange={(next) => void setLanguage(next)}
        />
      </Line>
      <Line label={t("me.theme")}>
        <Segmented
          label={t("me.theme")}
          value={theme}
          options={[
            { value: "system", label: t("me.themeSystem") },
            { value: "light", label: t("me.themeLight") },
            { value: "dark", label: t("me.themeDark") },
          ]}
          onChange={setTheme}
        />
      </Line>
    </Part>
  );
}

/** The person themself, and how they want the app to be on this device. */
export function MePage() {
  const { t } = useTranslation();
  const client = useClient();
  const me = useClientState((state) => state.me);
  const [isAsking, setAsking] = useState(false);
  if (me === null) return null;
  return (
    <main id="main" tabIndex={-1} className="scroll-pane flex-1 bg-ground pt-safe-top outline-none">
      <div className="mx-auto flex w-full max-w-140 flex-col gap-6 p-4 pb-10 sm:pt-10">
        <h1 className="sr-only">{t("me.title")}</h1>
        <ConnectionNotice />
        <div className="flex items-center gap-4 px-4">
          <Avatar id={me.userId} name={me.displayName} className="size-16" />
          <div className="min-w-0">
            <p className="truncate text-xl font-semibold">{me.displayName}</p>
            <p className="truncate text-base text-ink-muted">@{me.username}</p>
          </div>
        </div>
        <General />
        <Part title={t("me.privacy")}>
          <HidePresence />
        </Part>
        <Part title={t("me.account")}>
          <Line label={t("me.username")}>
            <span className="min-w-0 truncate text-base text-ink-muted">{me.username}</span>
          </Line>
          <Line label={t("me.phone")}>
            <span className="figures min-w-0 truncate text-base text-ink-muted">{me.phone ?? t("me.noPhone")}</span>
          </Line>
        </Part>
        <div className="rounded-lg bg-surface p-1.5 shadow-raised">
          <Button variant="danger-ghost" wide onClick={() => setAsking(true)}>
            <LogOut aria-hidden className="size-5" strokeWidth={1.75} />
            {t("auth.logout")}
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t("auth.logoutTitle")}
        text={t("auth.logoutText")}
        confirm={t("auth.logout")}
        busy={t("auth.loggingOut")}
        onConfirm={() => client.logout()}
      />
    </main>
  );
}
