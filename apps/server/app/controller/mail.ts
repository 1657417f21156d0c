import type { MailLanguage } from "@im-webapp/protocol";
import type { Context } from "egg";
import { bodyOf, core, pathParameter, sessionOf } from "../http/port.ts";

export async function get(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).mailAddresses.get(sessionOf(ctx));
}

export async function change(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).mailAddresses.change(sessionOf(ctx), bodyOf(ctx));
}

export async function confirm(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).mailAddresses.confirm(sessionOf(ctx), bodyOf(ctx));
}

export async function remove(ctx: Context): Promise<void> {
  await core(ctx).mailAddresses.remove(sessionOf(ctx));
  ctx.body = {};
}

const WORDS: Readonly<Record<MailLanguage, { ask: string; off: string; done: string }>> = {
  "zh-CN": { ask: "不再接收未读消息的邮件？", off: "不再接收", done: "已关闭邮件提醒。可以在“通知”设置中重新打开。" },
  en: {
    ask: "Get no more mails about unread messages?",
    off: "No more mails",
    done: "Mails are off. Turn them on again in the settings, Notifications.",
  },
};

/** Asked by a person who follows the link of a mail: programs that look where links lead must turn nothing off. */
export async function askToUnsubscribe(ctx: Context): Promise<void> {
  const language = await core(ctx).mailAddresses.languageOf(pathParameter(ctx, "token"));
  const { ask, off } = WORDS[language];
  showPage(ctx, language, `<p>${ask}</p><form method="post"><button>${off}</button></form>`);
}

export async function unsubscribe(ctx: Context): Promise<void> {
  const language = await core(ctx).mailAddresses.unsubscribe(pathParameter(ctx, "token"));
  if (ctx.accepts("json", "html") === "html") showPage(ctx, language, `<p>${WORDS[language].done}</p>`);
  else ctx.body = {};
}

/** @param body HTML of ours alone */
function showPage(ctx: Context, language: MailLanguage, body: string): void {
  ctx.type = "html";
  ctx.set("cache-control", "no-store");
  ctx.body = `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${WORDS[language].off}</title><style>body{font:16px/1.6 system-ui,sans-serif;max-width:28rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}button{font:inherit;padding:.5rem 1.25rem}</style>
<main>${body}</main></html>`;
}
