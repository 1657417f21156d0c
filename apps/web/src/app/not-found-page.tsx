import { Compass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main className="flex h-full bg-ground">
      <h1 className="sr-only">{t("notFound.title")}</h1>
      <EmptyState icon={Compass} title={t("notFound.title")} hint={t("notFound.text")}>
        <Link to="/" className={buttonClass()}>
          {t("notFound.home")}
        </Link>
      </EmptyState>
    </main>
  );
}
