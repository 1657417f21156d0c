import type { ConversationView } from "@im-webapp/client";
import { MUTED_FOREVER, ROLES } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { clockLabel, dayNumber, fullLabel } from "../../lib/time.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";

/** Longest wait of a browser's timer, in milliseconds: beyond it fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Why one may not write in a conversation at present, in words; null when one may. */
export function useSilence({ role, mutedUntil = 0, mutedAll = false }: ConversationView): string | null {
  const { t } = useTranslation();
  const style = useTimeStyle();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const left = mutedUntil - Date.now();
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(left + 1, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  }, [mutedUntil, now]);
  if (mutedUntil >= MUTED_FOREVER) return t("groups.youAreMutedForever");
  if (mutedUntil > now) {
    const isToday = dayNumber(mutedUntil, style.timeZone) === dayNumber(now, style.timeZone);
    return t("groups.youAreMuted", { until: (isToday ? clockLabel : fullLabel)(mutedUntil, style) });
  }
  if (mutedAll && (role ?? ROLES.member) < ROLES.admin) return t("groups.allAreMuted");
  return null;
}
