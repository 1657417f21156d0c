import { useCallback, useEffect, useState } from "react";

/** How long a button says that it has copied, in milliseconds. */
const SHOWN_MS = 2_000;

/** Copying, and whether it has just been done or could not be. */
export function useCopied(): {
  readonly copied: "no" | "done" | "failed";
  readonly copy: (write: () => Promise<void>) => Promise<void>;
} {
  const [copied, setCopied] = useState<"no" | "done" | "failed">("no");
  useEffect(() => {
    if (copied !== "done") return undefined;
    const timer = setTimeout(() => setCopied("no"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback(async (write: () => Promise<void>) => {
    try {
      await write();
      setCopied("done");
    } catch {
      // Refused by the browser, or no clipboard without HTTPS.
      setCopied("failed");
    }
  }, []);
  return { copied, copy };
}
