import { useEffect, useEffectEvent } from "react";
import type { ConversationView } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { startWorker } from "../../lib/service-worker.ts";
import { useContentText } from "../conversation/content-text.ts";
import { useTitleOf } from "../conversation/conversation-title.ts";
import { beginHearing } from "../media/heard.ts";
import { useLookedAt } from "./looked-at.ts";
import { type NoticeWords, NoticeTeller } from "./notice-teller.ts";
import { useOpenedNotifications } from "./use-opened-notifications.ts";

/** Longest text of a notification, in UTF-16 units. */
const MAX_TEXT = 300;

/** Tells of messages in conversations that nobody looks at, while the app is open. */
export function Notices() {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const nameOf = useNameOf();
  const titleOf = useTitleOf();
  const contentText = useContentText();
  useLookedAt();
  useOpenedNotifications();

  const wordsOf = useEffectEvent((view: ConversationView, isHidden: boolean): NoticeWords => {
    const { lastMessage, type, mentioned } = view;
    if (isHidden || lastMessage === undefined) {
      return { title: t("notifications.newMessage"), body: t("notifications.newMessageHidden") };
    }
    const text = contentText(lastMessage.content).slice(0, MAX_TEXT).toWellFormed();
    const line = type === "group" ? t("message.preview", { name: nameOf(lastMessage.senderId), text }) : text;
    return { title: titleOf(view), body: mentioned === true ? `${t("mention.inList")} ${line}` : line };
  });
  useEffect(() => new NoticeTeller(client, (view, isHidden) => wordsOf(view, isHidden)).start(), [client]);
  useEffect(() => beginHearing(), []);
  useEffect(() => void startWorker(i18n.language), [i18n.language]);
  return null;
}
