import { CloudOff, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Notice } from "./notice.tsx";
import { TextButton } from "./text-button.tsx";

interface RetryNoticeProps {
  readonly tone?: "danger" | "warning";
  readonly onRetry: () => void;
  /** What failed. */
  readonly children: ReactNode;
}

/** A line that says what failed, among what did not, and tries it again. */
export function RetryNotice({ tone = "danger", onRetry, children }: RetryNoticeProps) {
  const { t } = useTranslation();
  return (
    <Notice
      tone={tone}
      action={
        <TextButton tone="inherit" onClick={onRetry}>
          {t("common.retry")}
        </TextButton>
      }
    >
      {children}
    </Notice>
  );
}

interface RetryStateProps {
  readonly icon?: LucideIcon;
  /** What failed, or why. */
  readonly title: string;
  readonly hint?: string;
  readonly onRetry: () => void;
}

/** The same where there is nothing else. */
export function RetryState({ icon = CloudOff, title, hint, onRetry }: RetryStateProps) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={icon} title={title} {...(hint !== undefined && { hint })}>
      <Button variant="secondary" onClick={onRetry}>
        {t("common.retry")}
      </Button>
    </EmptyState>
  );
}
