import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import { useSettled } from "../../lib/use-settled.ts";
import { ListFoot } from "../../ui/list-foot.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import type { Hits } from "./use-hits.ts";

/** How long a search may take before a skeleton stands for what it will find, in milliseconds. */
const SKELETON_AFTER_MS = 150;

/** What stands below the hits that are there: those still looked for, why there are none, or the way to more. */
export function HitsFoot({ found }: { readonly found: Hits<unknown> }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { hits, status, page, error, loadMore } = found;
  const isSlow = useSettled(status === "searching", SKELETON_AFTER_MS, false) && status === "searching";
  return (
    <>
      {isSlow && hits.length === 0 && (
        <div role="status" aria-label={t("search.searching")}>
          <PeopleSkeleton rows={4} />
        </div>
      )}
      <ListFoot
        failure={status === "failed" ? t("search.failed", { reason: errorText(error) }) : undefined}
        hasMore={page !== undefined}
        isBusy={status === "searching"}
        onMore={loadMore}
      />
    </>
  );
}
