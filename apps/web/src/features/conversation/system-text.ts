import { type GroupChange, MUTED_FOREVER, ROLES, type SystemContent } from "@im-webapp/protocol";
import type { TFunction } from "i18next";
import type { useActorName } from "../../app/names.ts";
import { fullLabel } from "../../lib/time.ts";

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
    case "member.joined":
      return content.inviterId === undefined
        ? t("system.joined", { by })
        : t("system.joinedBy", { by, name: actorName(content.inviterId, "object") });
    case "member.left":
      return t("system.left", { by });
    case "group.changed":
      return changeTexts(content.changed, by, t).join(t("system.join"));
    case "group.transferred":
      return t("system.transferred", { by, name: actorName(content.userId, "object") });
    case "group.dissolved":
      return t("system.dissolved", { by });
    case "member.role": {
      const name = actorName(content.userId, "object");
      return content.role === ROLES.admin ? t("system.madeAdmin", { by, name }) : t("system.madeMember", { by, name });
    }
    case "member.muted": {
      const name = actorName(content.userId, "object");
      if (content.until === undefined) return t("system.unmuted", { by, name });
      if (content.until >= MUTED_FOREVER) return t("system.mutedForever", { by, name });
      return t("system.muted", { by, name, until: fullLabel(content.until, { language }) });
    }
    case "message.recalled":
      return t("system.recalled", { by });
    case "message.pinned":
      return t("system.pinned", { by });
    case "message.unpinned":
      return t("system.unpinned", { by });
  }
}

/** A sentence for each thing that was changed of a group; settings that only admins meet share one. */
function changeTexts(changed: GroupChange, by: string, t: TFunction): string[] {
  const { name, avatar, description, announcement, mutedAll, joinPolicy, whoMayAdd, historyVisible } = changed;
  const texts: string[] = [];
  if (name !== undefined) texts.push(t("system.renamed", { by, name }));
  if (avatar !== undefined) texts.push(t("system.pictureChanged", { by }));
  if (description !== undefined) texts.push(t("system.descriptionChanged", { by }));
  if (announcement) texts.push(t("system.announced", { by, text: announcement.text }));
  if (announcement === null) texts.push(t("system.announcementRemoved", { by }));
  if (mutedAll !== undefined) texts.push(mutedAll ? t("system.mutedAll", { by }) : t("system.unmutedAll", { by }));
  if (joinPolicy !== undefined || whoMayAdd !== undefined || historyVisible !== undefined) {
    texts.push(t("system.settingsChanged", { by }));
  }
  return texts;
}
