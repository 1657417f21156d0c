import { useCallback, useEffect, useState } from "react";
import { useClientState } from "@im-webapp/react";

type Loading<T> =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly value: T }
  | { readonly status: "failed"; readonly error: unknown };

export type Loaded<T> = Loading<T> & {
  /** Asks again; what is shown stays until the answer. */
  readonly reload: () => void;
};

/**
 * What the server answers, asked for anew when `load` changes and after a reconnect; an earlier answer stays meanwhile.
 * `load` must be the same function while it asks for the same.
 */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [attempt, setAttempt] = useState(0);
  const [loading, setLoading] = useState<Loading<T>>({ status: "loading" });

  useEffect(() => {
    if (!isOnline) return undefined;
    let isCurrent = true;
    load().then(
      (value) => isCurrent && setLoading({ status: "ready", value }),
      (error: unknown) =>
        isCurrent && setLoading((earlier) => (earlier.status === "ready" ? earlier : { status: "failed", error })),
    );
    return () => {
      isCurrent = false;
    };
  }, [load, isOnline, attempt]);

  const reload = useCallback(() => {
    setLoading((earlier) => (earlier.status === "failed" ? { status: "loading" } : earlier));
    setAttempt((count) => count + 1);
  }, []);

  const isStuck = loading.status === "loading" && !isOnline;
  return { ...(isStuck ? ({ status: "failed", error: { code: "UNAVAILABLE" } } as const) : loading), reload };
}
