import type { Content, SendableContent, SystemContent } from "@im-webapp/protocol";
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useActorName } from "../../app/names.ts";
import type { BundleContent } from "../forward/bundle.ts";

/** Most names that a sentence lists before it only counts. */
const NAMED = 5;

function listNames(names: readonly string[], t: TFunction, language: string): string {
  const isChinese = language.startsWith("zh");
  const separator = isChinese ? "、" : ", ";
  if (names.length > NAMED) {
    // Chinese counts all of them (甲、乙 等 9 人), English the rest (A, B and 7 others).
    const count = isChinese ? names.length : names.length - NAMED;
    return t("system.andMore", { names: names.slice(0, NAMED).join(separator), count });
  }
  // 甲和Ada reads badly without blanks, 甲、Ada well.
  return isChinese ? names.join(separator) : new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}

/** What happened in a group, as a sentence. */
export function systemText(
  content: SystemContent,
  actorName: ReturnType<typeof useActorName>,
  t: TFunction,
  language: string,
): string {
  if (content.event === "message.deleted") return t("system.deleted");
  const by = actorName(content.by, "subject");
  const names = (userIds: readonly string[]) =>
    listNames(
      userIds.filter((userId) => userId !== content.by).map((userId) => actorName(userId, "object")),
      t,
      language,
    );
  switch (content.event) {
    case "group.created": {
      const invited = names(content.userIds);
      return invited === ""
        ? t("system.created", { by, name: content.name })
        : t("system.createdWith", { by, name: content.name, names: invited });
    }
    case "member.added":
      return t("system.added", { by, names: names(content.userIds) });
    case "member.removed":
      return t("system.removed", { by, names: names(content.userIds) });
    case "member.left":
      return t("system.left", { by });
    case "message.recalled":
      return t("system.recalled", { by });
    case "message.pinned":
      return t("system.pinned", { by });
    case "message.unpinned":
      return t("system.unpinned", { by });
  }
}

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
        case "custom":
          return t("message.custom");
        case "system":
          return systemText(content, actorName, t, i18n.language);
      }
    },
    [t, actorName, i18n.language],
  );
}
