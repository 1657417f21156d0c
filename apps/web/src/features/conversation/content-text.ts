import type { Content, SendableContent } from "@im-webapp/protocol";
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useActorName } from "../../app/names.ts";
import type { BundleContent } from "../forward/bundle.ts";
import { systemText } from "./system-text.ts";

/** A card that is still to be sent has no name yet. */
function cardText(content: Extract<Content | SendableContent, { kind: "card" }>, t: TFunction): string {
  if (!("name" in content)) return t("forward.cardBare");
  return content.groupId === undefined
    ? t("forward.card", { name: content.name })
    : t("forward.groupCard", { name: content.name });
}

/** A message's content as one line of text, for lists and screen readers. */
export function useContentText(): (content: Content | SendableContent | BundleContent) => string {
  const { t, i18n } = useTranslation();
  const actorName = useActorName();
  return useCallback(
    (content) => {
      switch (content.kind) {
        case "text":
          return content.text;
        case "location":
          return content.name === undefined ? t("message.locationBare") : t("message.location", { name: content.name });
        case "card":
          return cardText(content, t);
        case "forward":
          return t("forward.bundle");
        case "image":
          return t("media.image");
        case "video":
          return t("media.video");
        case "voice":
          return t("media.voice", { seconds: String(Math.max(1, Math.round(content.durationMs / 1_000))) });
        case "file":
          return "name" in content ? t("media.file", { name: content.name }) : t("media.fileBare");
        case "custom":
          return t("message.custom");
        case "system":
          return systemText(content, actorName, t, i18n.language);
      }
    },
    [t, actorName, i18n.language],
  );
}
