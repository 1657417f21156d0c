import type { MailLanguage } from "@im-webapp/protocol";
import type { Mail } from "./ports.ts";

/** What a mail says of one conversation. */
export interface DigestLine {
  /** The name of the group, or of the sender. */
  readonly title: string;
  readonly unread: number;
  /** Who said the last thing, in a group. */
  readonly senderName?: string;
  /** Whether it names the reader. */
  readonly mentioned: boolean;
  readonly kind: string;
  readonly text?: string;
  readonly url: string;
}

export interface Digest {
  readonly language: MailLanguage;
  readonly to: string;
  readonly unread: number;
  /** Left out where the content is hidden. */
  readonly lines: readonly DigestLine[];
  /** Conversations that are not among them. */
  readonly more: number;
  readonly appUrl: string;
  readonly unsubscribeUrl: string;
}

/** Longest text of a message in a mail, in UTF-16 units. */
const MAX_TEXT = 200;

interface Words {
  readonly subject: (unread: number) => string;
  readonly intro: (unread: number) => string;
  readonly more: (count: number) => string;
  readonly open: string;
  readonly why: string;
  readonly unsubscribe: string;
  readonly mention: string;
  readonly colon: string;
  readonly other: string;
  readonly kinds: Readonly<Record<string, string>>;
  readonly codeSubject: (code: string) => string;
  readonly codeText: (code: string) => string;
}

const WORDS: Readonly<Record<MailLanguage, Words>> = {
  "zh-CN": {
    subject: (unread) => `你有 ${unread} 条未读消息`,
    intro: (unread) => `你离开期间，有 ${unread} 条消息还没有读：`,
    more: (count) => `还有 ${count} 个聊天`,
    open: "打开即时通讯",
    why: "你在“通知”设置中打开了邮件提醒，所以收到这封邮件。",
    unsubscribe: "不再接收",
    mention: "[有人@我] ",
    colon: "：",
    other: "[消息]",
    kinds: {
      image: "[图片]",
      file: "[文件]",
      voice: "[语音]",
      video: "[视频]",
      location: "[位置]",
      card: "[名片]",
      forward: "[聊天记录]",
    },
    codeSubject: (code) => `${code} 是你的邮箱验证码`,
    codeText: (code) =>
      `验证码：${code}\n\n在“通知”设置中输入它，30 分钟内有效。如果不是你本人操作，不必理会这封邮件。`,
  },
  en: {
    subject: (unread) => (unread === 1 ? "1 unread message" : `${unread} unread messages`),
    intro: (unread) => `While you were away, ${unread === 1 ? "a message has" : `${unread} messages have`} come:`,
    more: (count) => (count === 1 ? "and one more chat" : `and ${count} more chats`),
    open: "Open the app",
    why: "You get this mail because you turned mails on in the settings, Notifications.",
    unsubscribe: "No more mails",
    mention: "[Mentioned] ",
    colon: ": ",
    other: "[Message]",
    kinds: {
      image: "[Photo]",
      file: "[File]",
      voice: "[Voice]",
      video: "[Video]",
      location: "[Location]",
      card: "[Contact card]",
      forward: "[Chat history]",
    },
    codeSubject: (code) => `${code} confirms your e-mail address`,
    codeText: (code) =>
      `Your code: ${code}\n\nEnter it in the settings, Notifications, within 30 minutes. If you did not ask for it, do nothing.`,
  },
};

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML shows it, in elements and in attributes. */
function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

function said({ mentioned, senderName, text, kind }: DigestLine, words: Words): string {
  const what = text?.slice(0, MAX_TEXT).toWellFormed().replaceAll(/\s+/g, " ") ?? words.kinds[kind] ?? words.other;
  return (mentioned ? words.mention : "") + (senderName === undefined ? what : senderName + words.colon + what);
}

/** The mail about what waits, as plain text and as HTML. */
export function digestMail(digest: Digest): Mail {
  const words = WORDS[digest.language];
  const { lines, more, unread, appUrl, unsubscribeUrl, to } = digest;
  const rest = more > 0 && lines.length > 0 ? words.more(more) : undefined;
  const plain = [
    lines.length > 0 ? words.intro(unread) : words.subject(unread),
    ...lines.map((line) => `${line.title} (${line.unread})\n${said(line, words)}\n${line.url}`),
    ...(rest === undefined ? [] : [rest]),
    `${words.open}: ${appUrl}`,
    `${words.why}\n${words.unsubscribe}: ${unsubscribeUrl}`,
  ];
  const rows = lines.map(
    (line) =>
      `<p style="margin:0 0 12px"><a href="${escapeHtml(line.url)}" style="color:#00737a;font-weight:600">${escapeHtml(line.title)}</a> (${line.unread})<br>${escapeHtml(said(line, words))}</p>`,
  );
  const html = `<!doctype html><html lang="${digest.language}"><meta charset="utf-8"><body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#1b2424">
<p>${escapeHtml(lines.length > 0 ? words.intro(unread) : words.subject(unread))}</p>
${rows.join("\n")}
${rest === undefined ? "" : `<p>${escapeHtml(rest)}</p>`}
<p><a href="${escapeHtml(appUrl)}" style="color:#00737a">${escapeHtml(words.open)}</a></p>
<p style="font-size:13px;color:#5b6868">${escapeHtml(words.why)} <a href="${escapeHtml(unsubscribeUrl)}" style="color:#5b6868">${escapeHtml(words.unsubscribe)}</a></p>
</body></html>`;
  return { to, subject: words.subject(unread), text: plain.join("\n\n"), html, unsubscribeUrl };
}

/** The mail that shows whether an address is somebody's. */
export function codeMail(to: string, code: string, language: MailLanguage): Mail {
  const words = WORDS[language];
  const text = words.codeText(code);
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5"><p>${escapeHtml(text).replaceAll("\n\n", "</p><p>")}</p></body></html>`;
  return { to, subject: words.codeSubject(code), text, html };
}
