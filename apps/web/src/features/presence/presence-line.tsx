import type { Presence } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { momentLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";

/** Online, with a dot, or when last seen; nothing of one of whom that is not known. */
export function PresenceLine({ presence }: { readonly presence: Presence | undefined }) {
  const { t } = useTranslation();
  const now = useNow();
  const style = useTimeStyle();
  if (presence?.online === true) {
    return (
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="size-2 shrink-0 rounded-full bg-accent" />
        {t("presence.online")}
      </span>
    );
  }
  if (presence?.lastSeenAt === undefined) return null;
  const time = momentLabel(presence.lastSeenAt, now, style);
  return <span className="figures">{t("presence.lastSeen", { time })}</span>;
}
