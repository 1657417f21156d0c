import { expect } from "@playwright/test";
import { MailServer } from "../support/mail-server.ts";
import { openRaw } from "../support/raw-database.ts";
import { startServer } from "../support/server.ts";
import { test, uniqueName } from "./fixtures.ts";
import { chinese } from "./words.ts";

test("an address for mails is confirmed by the code that comes there, and the mails are as one chooses", async ({
  open,
}) => {
  const mails = await MailServer.start();
  const env = { SMTP_URL: mails.url, MAIL_FROM: "chat@example.com", PUBLIC_URL: "https://chat.example.com" };
  const server = await startServer({ env });
  // Chromium reports each refused call.
  const ann = await open({ words: chinese, baseURL: server.url, expectsNetworkTrouble: true });
  const { page } = ann;
  await ann.register(uniqueName("ann"), "安");
  await page.goto("/settings/notifications");
  const part = page.getByRole("region", { name: "离开较久时的邮件" });
  await part.getByLabel("邮箱地址").fill("ann@example.com");
  await part.getByRole("button", { name: "发送验证码" }).click();
  const code = part.getByRole("textbox", { name: "验证码" });
  await expect(code).toBeVisible();
  await expect.poll(() => mails.to("ann@example.com").length).toBe(1);
  const sent = /\d{6}/.exec(mails.to("ann@example.com")[0]?.text ?? "")?.[0] ?? "";
  await code.fill(sent === "000000" ? "000001" : "000000");
  await part.getByRole("button", { name: "确认" }).click();
  await expect(part.getByRole("alert")).toContainText("验证码不正确");
  await code.fill(sent);
  await part.getByRole("button", { name: "确认" }).click();
  const toggle = part.getByRole("switch", { name: "发邮件提醒未读消息" });
  await expect(toggle).toBeChecked();
  await part.getByText("4 小时", { exact: true }).click();
  await part.getByRole("switch", { name: "邮件中隐藏内容" }).click();
  await page.reload();
  await expect(part.getByRole("radio", { name: "4 小时" })).toBeChecked();
  await expect(part.getByRole("switch", { name: "邮件中隐藏内容" })).toBeChecked();

  // What the server found out when it sent one.
  const raw = await openRaw(undefined, server.dataDir);
  await raw.run("UPDATE mail_address SET refusals = 1");
  await raw.close();
  await page.reload();
  await expect(part.getByText("邮件服务器拒收了发到这个地址的邮件")).toBeVisible();
  if (process.env.LOOK !== undefined) await part.screenshot({ path: `${process.env.LOOK}/mail-refused.png` });
  await toggle.click();
  await expect(part.getByRole("switch", { name: "邮件中隐藏内容" })).toHaveCount(0);
  await part.getByRole("button", { name: "删除邮箱" }).click();
  await expect(part.getByLabel("邮箱地址")).toBeVisible();
  await page.context().close();
  await server.stop();
  await mails.stop();
});
