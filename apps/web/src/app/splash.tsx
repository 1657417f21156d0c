import { useTranslation } from "react-i18next";
import { BrandMark } from "../ui/brand-mark.tsx";
import { Spinner } from "../ui/spinner.tsx";

/** The page before there is a page. Fast starts never see it. */
export function Splash() {
  const { t } = useTranslation();
  return (
    <main className="splash flex h-full flex-col items-center justify-center gap-5">
      <BrandMark className="size-14" />
      <p role="status" className="flex items-center gap-2 text-sm text-ink-muted">
        <Spinner />
        {t("common.loading")}
      </p>
    </main>
  );
}
