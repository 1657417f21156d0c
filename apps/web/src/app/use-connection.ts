import type { EpochMs } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";

const SECOND_MS = 1_000;

/** Whole seconds until a moment, counted down once a second; null without one, and once it has come. */
function useCountdown(at: EpochMs | undefined): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (at === undefined) return undefined;
    const tick = () => setNow(Date.now());
    const first = setTimeout(tick);
    const timer = setInterval(tick, SECOND_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [at]);
  if (at === undefined) return null;
  const seconds = Math.ceil((at - now) / SECOND_MS);
  return seconds > 0 ? seconds : null;
}

interface ConnectionInWords {
  /** What the state is, without figures that change each second: for screen readers. */
  readonly status: string;
  /** What the state is, for the eye. */
  readonly text: string;
  /** `none`: nothing to tell. `progress`: it will pass by itself in a moment. `problem`: messages do not arrive. */
  readonly level: "none" | "progress" | "problem";
  readonly canRetry: boolean;
}

/** The connection's state in words. */
export function useConnection(): ConnectionInWords {
  const { t } = useTranslation();
  const { status, retryAt } = useClientState((state) => state.connection);
  const seconds = useCountdown(status === "reconnecting" ? retryAt : undefined);
  switch (status) {
    case "signedOut":
      return { status: "", text: "", level: "none", canRetry: false };
    case "online": {
      const text = t("connection.online");
      return { status: text, text, level: "none", canRetry: false };
    }
    case "connecting": {
      const text = t("connection.connecting");
      return { status: text, text, level: "progress", canRetry: false };
    }
    case "syncing": {
      const text = t("connection.syncing");
      return { status: text, text, level: "progress", canRetry: false };
    }
    case "offline":
      return {
        status: t("connection.offline"),
        text: `${t("connection.offline")} · ${t("connection.offlineHint")}`,
        level: "problem",
        canRetry: false,
      };
    case "reconnecting": {
      const now = t("connection.reconnecting");
      return {
        status: now,
        text: seconds === null ? now : t("connection.reconnectingIn", { seconds: String(seconds) }),
        level: "problem",
        canRetry: seconds !== null,
      };
    }
  }
}
