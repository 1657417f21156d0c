import { UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { BackHeader } from "../../ui/back-header.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { RetryState } from "../../ui/retry.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import type { Asked } from "./use-answer.ts";

interface CardGateProps<T> {
  readonly asked: Asked<T>;
  /** What to say when there is nothing to see. */
  readonly missing: { readonly title: string; readonly hint: string };
  readonly children: (value: T) => ReactNode;
}

/** The frame of a page that shows a group's card: loading, missing, failed, or the card. */
export function CardGate<T>({ asked: { answer, reload }, missing, children }: CardGateProps<T>) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <>
      <BackHeader title={t("joining.title")} to="/" isTitleHidden />
      {answer.status === "loading" && (
        <div className="flex flex-1 flex-col items-center justify-center gap-4">
          <Skeleton className="size-20 rounded-lg" />
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-4 w-24" />
        </div>
      )}
      {answer.status === "ready" && children(answer.value)}
      {answer.status === "failed" &&
        (wireErrorOf(answer.error)?.code === "NOT_FOUND" ? (
          <EmptyState icon={UsersRound} {...missing} />
        ) : (
          <RetryState
            icon={UsersRound}
            title={t("joining.loadFailed")}
            hint={errorText(answer.error)}
            onRetry={reload}
          />
        ))}
    </>
  );
}
