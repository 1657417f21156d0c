import { Tooltip } from "radix-ui";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { useClientState } from "@im-webapp/react";
import { BrandMark } from "../../ui/brand-mark.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { returnAddress } from "./return-address.ts";

/** The frame around the pages for signing in. Who is signed in already goes on to where they wanted. */
export function GuestLayout() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const isSignedIn = useClientState((state) => state.me !== null);
  if (isSignedIn) return <Navigate to={returnAddress(search)} replace />;
  return (
    <div className="flex h-full flex-col overflow-y-auto bg-canvas pt-safe-top pb-safe-bottom">
      <header className="flex justify-end p-3">
        <LanguageSwitch />
      </header>
      <main className="m-auto flex w-full max-w-96 flex-col px-5 pt-2 pb-16 sm:px-0">
        <div className="mb-7 flex flex-col items-center gap-1 text-center">
          <BrandMark className="mb-3 size-14" />
          <p className="text-xl font-semibold">{t("app.name")}</p>
          <p className="text-base text-balance text-ink-muted">{t("app.tagline")}</p>
        </div>
        <div className="rounded-lg bg-surface p-6 shadow-overlay sm:p-8">
          <Tooltip.Provider>
            <Outlet />
          </Tooltip.Provider>
        </div>
      </main>
    </div>
  );
}
