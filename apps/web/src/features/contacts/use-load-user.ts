import { useEffect, useState } from "react";
import { useClient } from "@im-webapp/react";

/** Makes sure that a person is known; tells when they are known not to exist, or cannot be asked for now. */
export function useLoadUser(userId: string): "loading" | "done" | { readonly error: unknown } {
  const client = useClient();
  const [state, setState] = useState<{ userId: string; result: "done" | { error: unknown } } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    client.account.refresh(userId).then(
      () => isCurrent && setState({ userId, result: "done" }),
      (error: unknown) => isCurrent && setState({ userId, result: { error } }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, userId]);
  return state?.userId === userId ? state.result : "loading";
}
