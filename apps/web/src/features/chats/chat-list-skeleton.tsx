import { useTranslation } from "react-i18next";
import { Skeleton } from "../../ui/skeleton.tsx";

/** Widths of the lines, so that the rows look like different chats. */
const ROWS = ["w-20", "w-28", "w-16", "w-24", "w-32", "w-20", "w-28"];

/** The list's shape while the chats are on their way. */
export function ChatListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="flex flex-1 flex-col overflow-hidden px-2">
      <span className="sr-only">{t("common.loading")}</span>
      {ROWS.map((width, index) => (
        <div key={index} className="flex h-16 shrink-0 items-center gap-3 px-2">
          <Skeleton className="size-10 rounded-md" />
          <span className="flex flex-1 flex-col gap-2">
            <Skeleton className={`h-3.5 ${width}`} />
            <Skeleton className="h-3 w-4/5" />
          </span>
        </div>
      ))}
    </div>
  );
}
