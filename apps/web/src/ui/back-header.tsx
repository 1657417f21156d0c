import { clsx } from "clsx";
import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { iconButtonClass } from "./icon-button.tsx";
import { useBack } from "./use-back.ts";

interface BackHeaderProps {
  readonly title: string;
  /** Where back leads on a phone when one has come from nowhere; elsewhere the list is beside it. */
  readonly to: string;
  /** For screen readers alone, when the page itself shows what it is about. */
  readonly isTitleHidden?: boolean;
}

/** The top of a page that was chosen from a list. */
export function BackHeader({ title, to, isTitleHidden = false }: BackHeaderProps) {
  const { t } = useTranslation();
  const back = useBack();
  return (
    <div
      className={clsx(
        "shrink-0 bg-surface pt-safe-top max-sm:border-b max-sm:border-line",
        isTitleHidden ? "sm:sr-only" : "sm:border-b sm:border-line",
      )}
    >
      <div className="flex h-15 items-center gap-1 pr-4 pl-1 sm:pl-5">
        <Link to={to} aria-label={t("common.back")} className={clsx(iconButtonClass, "sm:hidden")} onClick={back}>
          <ArrowLeft aria-hidden className="size-5" strokeWidth={1.75} />
        </Link>
        <h1 className={clsx("min-w-0 truncate text-lg font-semibold", isTitleHidden && "sr-only")}>{title}</h1>
      </div>
    </div>
  );
}
