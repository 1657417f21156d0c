import { CloudOff, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import type { Pages } from "./use-pages.ts";

interface ListingProps<T> {
  readonly pages: Pages<T>;
  readonly label: string;
  /** What stands there when the list is empty. */
  readonly empty: { readonly icon: LucideIcon; readonly title: string; readonly hint?: string };
  readonly keyOf: (item: T) => string;
  readonly children: (item: T) => ReactNode;
}

/** A list that the server has: its rows and the next page, or what keeps it from being there. */
export function Listing<T>({ pages, label, empty, keyOf, children }: ListingProps<T>) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const isOnline = useClientState((state) => state.connection.status === "online");
  const { items, status, error, hasMore, loadMore } = pages;
  if (items.length === 0) {
    if (status === "loaded") return <EmptyState {...empty} />;
    if (!isOnline) return <EmptyState icon={CloudOff} title={t("marks.offline")} hint={t("marks.offlineHint")} />;
    if (status === "loading") {
      return (
        <div role="status" aria-label={t("common.loading")} className="min-h-40 flex-1 px-2">
          <PeopleSkeleton rows={3} />
        </div>
      );
    }
  }
  return (
    <div className="scroll-pane flex min-h-40 flex-1 flex-col px-2 pb-3">
      <ul aria-label={label}>
        {items.map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      <div role="alert" className="px-2 empty:hidden">
        {status === "failed" && (
          <Notice
            tone="danger"
            action={
              <TextButton tone="inherit" onClick={loadMore}>
                {t("common.retry")}
              </TextButton>
            }
          >
            {t("marks.loadFailed", { reason: errorText(error) })}
          </Notice>
        )}
      </div>
      {hasMore && status !== "failed" && (
        <Button variant="ghost" className="mx-auto my-2" busy={status === "loading"} onClick={loadMore}>
          {t("common.loadMore")}
        </Button>
      )}
    </div>
  );
}
