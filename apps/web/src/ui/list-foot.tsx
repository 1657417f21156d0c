import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { RetryNotice } from "./retry.tsx";

interface ListFootProps {
  /** Why the last page is not there; undefined where nothing failed. */
  readonly failure: string | undefined;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  /** Fetches the next page, or again what failed. */
  readonly onMore: () => void;
}

/** The end of a list that comes in pages: the way to the next one, or why it did not come. */
export function ListFoot({ failure, hasMore, isBusy, onMore }: ListFootProps) {
  const { t } = useTranslation();
  return (
    <>
      <div role="alert" className="px-2 pt-2 empty:hidden">
        {failure !== undefined && <RetryNotice onRetry={onMore}>{failure}</RetryNotice>}
      </div>
      {hasMore && failure === undefined && (
        <div className="flex justify-center py-2">
          <Button variant="ghost" busy={isBusy} onClick={onMore}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
