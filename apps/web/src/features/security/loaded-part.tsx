import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import type { Loaded } from "../../lib/use-loaded.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";

interface LoadedPartProps<T> {
  readonly loaded: Loaded<T>;
  readonly skeleton: ReactNode;
  readonly children: (value: T) => ReactNode;
}

/** Shows what the server answers: its shape while it is on its way, and what to do when it does not come. */
export function LoadedPart<T>({ loaded, skeleton, children }: LoadedPartProps<T>) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  if (loaded.status === "loading") return skeleton;
  if (loaded.status === "ready") return children(loaded.value);
  return (
    <EmptyState icon={CloudOff} title={errorText(loaded.error)}>
      <Button variant="secondary" onClick={loaded.reload}>
        {t("common.retry")}
      </Button>
    </EmptyState>
  );
}
