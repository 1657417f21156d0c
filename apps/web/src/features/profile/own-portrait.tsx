import type { Me } from "@im-webapp/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PicturePicker } from "./picture-picker.tsx";
import { PORTRAIT_FAILED } from "./portrait-failed.ts";

/** One's own portrait, to be changed or taken away. */
export function OwnPortrait({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [isRemoving, setRemoving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const location = useLocation();
  const hasFailed = location.state === PORTRAIT_FAILED && me.avatar === undefined;

  const remove = async () => {
    setRemoving(true);
    setProblem(null);
    try {
      await client.account.removeAvatar();
    } catch (error) {
      setProblem(errorText(error));
    }
    setRemoving(false);
  };

  return (
    <section aria-label={t("profile.portrait")} className="flex flex-col gap-3 rounded-lg bg-surface p-4 shadow-raised">
      <div className="flex items-center gap-4">
        <Avatar id={me.userId} name={me.displayName} className="size-20" />
        <div className="flex min-w-0 flex-1 flex-col gap-2">
          <p className="truncate text-base text-ink-muted">@{me.username}</p>
          <PicturePicker
            label={t(me.avatar === undefined ? "profile.choosePortrait" : "profile.changePortrait")}
            onPick={async (image) => {
              await client.account.setAvatar(image);
            }}
          >
            {me.avatar !== undefined && (
              <Button variant="danger-ghost" busy={isRemoving} onClick={() => void remove()}>
                {isRemoving ? t("profile.removing") : t("profile.removePortrait")}
              </Button>
            )}
          </PicturePicker>
        </div>
      </div>
      <div role="alert" className="empty:hidden">
        {hasFailed && problem === null && <Notice tone="warning">{t("profile.notTaken")}</Notice>}
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
    </section>
  );
}
