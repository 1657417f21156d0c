import { Switch } from "radix-ui";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";

/** Whether others may see that one is online, and when one last was. */
export function HidePresence() {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const labelId = useId();
  const hintId = useId();
  const isHidden = useClientState((state) => state.me?.hidePresence === true);
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    // Another device may have changed it; without the server it stays as it was last known.
    client.loadMe().catch(() => undefined);
  }, [client]);

  const set = async (hidePresence: boolean) => {
    setWanted(hidePresence);
    setProblem(null);
    try {
      await client.updateMe({ hidePresence });
    } catch (error) {
      setProblem(errorText(error));
    }
    setWanted(null);
  };

  return (
    <div className="flex flex-col gap-2 px-4 py-2">
      <div className="flex min-h-10 items-center justify-between gap-4">
        <span className="min-w-0">
          <span id={labelId} className="block text-base">
            {t("settings.hidePresence")}
          </span>
          <span id={hintId} className="block text-sm text-ink-muted">
            {t("settings.hidePresenceHint")}
          </span>
        </span>
        <Switch.Root
          checked={wanted ?? isHidden}
          disabled={wanted !== null}
          aria-labelledby={labelId}
          aria-describedby={hintId}
          className="hit-area h-6 w-10 shrink-0 rounded-full bg-quiet p-0.5 transition-colors data-[state=checked]:bg-accent disabled:opacity-60"
          onCheckedChange={(checked) => void set(checked)}
        >
          <Switch.Thumb className="block size-5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-4" />
        </Switch.Root>
      </div>
      <div role="alert" className="empty:hidden">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
    </div>
  );
}
