import type { ReactNode } from "react";
import { useErrorText } from "../../lib/error-text.ts";
import type { Loaded } from "../../lib/use-loaded.ts";
import { RetryState } from "../../ui/retry.tsx";

interface LoadedPartProps<T> {
  readonly loaded: Loaded<T>;
  readonly skeleton: ReactNode;
  readonly children: (value: T) => ReactNode;
}

/** Shows what the server answers: its shape while it is on its way, and what to do when it does not come. */
export function LoadedPart<T>({ loaded, skeleton, children }: LoadedPartProps<T>) {
  const errorText = useErrorText();
  if (loaded.status === "loading") return skeleton;
  if (loaded.status === "ready") return children(loaded.value);
  return <RetryState title={errorText(loaded.error)} onRetry={loaded.reload} />;
}
