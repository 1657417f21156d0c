import type { Content } from "@im-webapp/protocol";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useActorName } from "../../app/names.ts";
import { systemText } from "./system-text.ts";

/** A message's content as one line of text, for lists and screen readers. */
export function useContentText(): (content: Content) => string {
  const { t, i18n } = useTranslation();
  const actorName = useActorName();
  return useCallback(
    (content) => {
      switch (content.kind) {
        case "text":
          return content.text;
        case "location":
          return content.name === undefined ? t("message.locationBare") : t("message.location", { name: content.name });
        case "custom":
          return t("message.custom");
        case "system":
          return systemText(content, actorName, t, i18n.language);
      }
    },
    [t, actorName, i18n.language],
  );
}
