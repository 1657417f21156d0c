import { expect, it } from "vitest";
import { type DigestLine, codeMail, digestMail } from "./mail-words.ts";

const line: DigestLine = {
  title: "周末 <script>",
  unread: 3,
  senderName: 'Bob "B"',
  mentioned: true,
  kind: "text",
  text: "see\n\n<img src=x onerror=alert(1)> & you",
  url: "https://im.example.com/c/1",
};
const digest = {
  to: "ann@example.com",
  unread: 4,
  lines: [line],
  more: 0,
  appUrl: "https://im.example.com/",
  unsubscribeUrl: "https://im.example.com/u",
};

it("says who said what, escaped in HTML and on one line", () => {
  const mail = digestMail({ ...digest, language: "en" });
  expect(mail.subject).toBe("4 unread messages");
  expect(mail.text).toContain('周末 <script> (3)\n[Mentioned] Bob "B": see <img src=x onerror=alert(1)> & you\n');
  expect(mail.html).toContain("周末 &lt;script&gt;");
  expect(mail.html).toContain("Bob &quot;B&quot;: see &lt;img src=x onerror=alert(1)&gt; &amp; you");
  expect(mail.html).not.toMatch(/<(script|img)/);
  expect(mail.text).toContain("https://im.example.com/u");
});

it("speaks Chinese, names what is no text, counts the rest, and says only how many where the content is hidden", () => {
  const voice = { title: "安", unread: 1, mentioned: false, kind: "voice", url: line.url };
  const mail = digestMail({ ...digest, language: "zh-CN", lines: [voice], more: 2 });
  expect(mail.subject).toBe("你有 4 条未读消息");
  expect(mail.text).toContain("安 (1)\n[语音]\n");
  expect(mail.text).toContain("还有 2 个聊天");
  const hidden = digestMail({ ...digest, language: "zh-CN", lines: [], more: 3 });
  expect(hidden.text).not.toContain("周末");
  expect(hidden.text).toContain("你有 4 条未读消息");
  expect(codeMail("a@b.c", "012345", "zh-CN").subject).toContain("012345");
});
