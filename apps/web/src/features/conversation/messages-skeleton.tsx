import { clsx } from "clsx";
import { useTranslation } from "react-i18next";
import { Skeleton } from "../../ui/skeleton.tsx";

/** Bubbles of different people and lengths. */
const BUBBLES = [
  { own: false, size: "h-10 w-48" },
  { own: false, size: "h-16 w-64" },
  { own: true, size: "h-10 w-40" },
  { own: false, size: "h-10 w-56" },
  { own: true, size: "h-16 w-60" },
  { own: true, size: "h-10 w-32" },
];

/** A conversation's shape while its messages are on their way. */
export function MessagesSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-end gap-3 overflow-hidden p-4">
      <span className="sr-only">{t("common.loading")}</span>
      {BUBBLES.map(({ own, size }, index) => (
        <div key={index} className={clsx("flex items-end gap-2", own && "justify-end")}>
          {!own && <Skeleton className="size-8 rounded-md" />}
          <Skeleton className={clsx("rounded-lg", size)} />
        </div>
      ))}
    </div>
  );
}
