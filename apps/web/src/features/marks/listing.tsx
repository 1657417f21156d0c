import { CloudOff, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListFoot } from "../../ui/list-foot.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
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
  // One that is only just being connected is none that is missing.
  const isAway = useClientState(({ connection: { status } }) => status === "offline" || status === "reconnecting");
  const { items, status, error, hasMore, loadMore } = pages;
  if (items.length === 0) {
    if (status === "loaded") return <EmptyState {...empty} />;
    if (isAway) return <EmptyState icon={CloudOff} title={t("marks.offline")} hint={t("marks.offlineHint")} />;
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
      <ListFoot
        failure={status === "failed" ? t("marks.loadFailed", { reason: errorText(error) }) : undefined}
        hasMore={hasMore}
        isBusy={status === "loading"}
        onMore={loadMore}
      />
    </div>
  );
}
