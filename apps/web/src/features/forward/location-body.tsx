import type { LocationContent } from "@im-webapp/protocol";
import { ExternalLink, MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import { coordinatesText, mapUrl } from "./coordinates.ts";

/** A place: its name and coordinates. The map is another's site, and nothing is asked of it until somebody goes there. */
export function LocationBody({ location }: { readonly location: LocationContent }) {
  const { t } = useTranslation();
  const coordinates = coordinatesText(location);
  return (
    <a
      href={mapUrl(location)}
      target="_blank"
      rel="noopener noreferrer"
      title={t("forward.openMap")}
      className="flex w-60 max-w-full items-center gap-3 rounded-sm py-1"
    >
      <span className="inline-flex size-10 shrink-0 items-center justify-center rounded-md bg-accent-tint text-accent-ink">
        <MapPin aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium text-ink">{location.name ?? t("message.locationBare")}</span>
        <span className="figures truncate text-xs text-ink-muted">{coordinates}</span>
      </span>
      <ExternalLink aria-hidden className="size-4 shrink-0 text-ink-muted" />
      <span className="sr-only">{t("forward.openMap")}</span>
    </a>
  );
}
