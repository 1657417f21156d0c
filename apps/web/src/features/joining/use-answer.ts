import { useCallback, useEffect, useState } from "react";
import { useClientState } from "@im-webapp/react";

export type Answer<T> =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly value: T }
  | { readonly status: "failed"; readonly error: unknown };

/** What the server answered, and how to ask again or put a newer answer in its place. */
export interface Asked<T> {
  readonly answer: Answer<T>;
  readonly reload: () => void;
  readonly replace: (value: T) => void;
}

/**
 * Asks the server as soon as there is a connection, and again when `ask` changes or after a reconnect, and when `version`
 * changes, which stands for everything that may have changed the answer.
 */
export function useAnswer<T>(ask: () => Promise<T>, version = ""): Asked<T> {
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>({ status: "loading" });
  useEffect(() => {
    if (!isOnline) return undefined;
    let isCurrent = true;
    ask().then(
      (value) => isCurrent && setAnswer({ status: "ready", value }),
      (error: unknown) =>
        isCurrent && setAnswer((earlier) => (earlier.status === "ready" ? earlier : { status: "failed", error })),
    );
    return () => {
      isCurrent = false;
    };
  }, [ask, isOnline, attempt, version]);
  const reload = useCallback(() => {
    setAnswer({ status: "loading" });
    setAttempt((count) => count + 1);
  }, []);
  const replace = useCallback((value: T) => setAnswer({ status: "ready", value }), []);
  const isStuck = answer.status === "loading" && !isOnline;
  return { answer: isStuck ? { status: "failed", error: { code: "UNAVAILABLE" } } : answer, reload, replace };
}
