import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** What stands in place of a page that failed to render or to load. */
export function CrashPage() {
  const { t } = useTranslation();
  return (
    <main className="flex h-full bg-ground">
      <h1 className="sr-only">{t("crash.title")}</h1>
      <EmptyState icon={CircleAlert} title={t("crash.title")} hint={t("crash.text")}>
        <Button onClick={() => window.location.reload()}>{t("crash.reload")}</Button>
      </EmptyState>
    </main>
  );
}
