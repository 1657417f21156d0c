import type { PushNotice } from "@im-webapp/protocol";

interface Words {
  readonly app: string;
  readonly message: string;
  readonly mention: string;
  /** What stands in the place of what is no text, by the kind of content. */
  readonly kinds: Readonly<Record<string, string>>;
}

const CHINESE: Words = {
  app: "新消息",
  message: "你有一条新消息",
  mention: "[有人@我] ",
  kinds: {
    image: "[图片]",
    file: "[文件]",
    voice: "[语音]",
    video: "[视频]",
    location: "[位置]",
    card: "[名片]",
    forward: "[聊天记录]",
  },
};

const ENGLISH: Words = {
  app: "New message",
  message: "You have a new message",
  mention: "[You were mentioned] ",
  kinds: {
    image: "[Photo]",
    file: "[File]",
    voice: "[Voice]",
    video: "[Video]",
    location: "[Location]",
    card: "[Contact card]",
    forward: "[Chat history]",
  },
};

/** What a notification says. Plain text: browsers take it as nothing else. */
export function noticeWords(notice: PushNotice, language: string): { title: string; body: string } {
  const words = language.startsWith("zh") ? CHINESE : ENGLISH;
  if (notice.title === undefined) return { title: words.app, body: words.message };
  const said = notice.text ?? words.kinds[notice.kind ?? ""] ?? words.message;
  const line = notice.senderName === undefined ? said : `${notice.senderName}: ${said}`;
  return { title: notice.title, body: (notice.mentioned ? words.mention : "") + line };
}
