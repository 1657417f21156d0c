import { expect } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";

/** What has broken other chats: each would set `window.broken`, load something from elsewhere, or lead somewhere odd. */
const PAYLOADS = [
  "<script>window.broken=1</script>",
  '<img src=x onerror="window.broken=1">',
  '<svg/onload="window.broken=1">',
  "[a](javascript:window.broken=1)",
  "[a](JAVASCRIPT:window.broken=1)",
  "[a](java\nscript:window.broken=1)",
  "[a](&#106;avascript:window.broken=1)",
  "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[a](vbscript:window.broken=1)",
  "[a](https://x.example \"'onmouseover='window.broken=1\")",
  "![a](https://x.example/p.png)",
  '![a](x"onerror="window.broken=1)',
  "<javascript:window.broken=1>",
  "[a]: javascript:window.broken=1\n\n[a]",
  "**<b onclick=window.broken=1>b</b>**",
  "`<img src=x onerror=window.broken=1>`",
  "```html onmouseover=window.broken=1\n<img src=x onerror=window.broken=1>\n```",
  "> <iframe src=javascript:window.broken=1></iframe>",
  "- <a href=javascript:window.broken=1>a</a>",
  'https://x.example/"onmouseover="window.broken=1',
  "https://x.example/<img src=x onerror=window.broken=1>",
  "javascript:window.broken=1//https://x.example",
  "[https://bank.example](https://evil.example/)",
  "{{constructor.constructor('window.broken=1')()}}",
  "\u202Etxt.exe <b>x</b>",
  `\`\`\`rust\n${"/*".repeat(3_900)}\n\`\`\``,
  `\`\`\`bash\n${"${".repeat(3_900)}\n\`\`\``,
  `${"[".repeat(4_000)}${"](".repeat(1_900)}`,
  `${"> ".repeat(3_900)}x`,
] as const;

test("nothing that is written, named or titled does anything in the page", async ({ open, server }) => {
  const evil = '<img src=x onerror="window.broken=1">';
  const mallory = await Person.register(server.url, evil);
  const ann = await open();
  const annsName = uniqueName("ann");
  await ann.register(annsName, "Ann");
  const { users } = await mallory.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${annsName}`);
  const annsId = users[0]?.userId ?? "";
  const connection = await mallory.connect();
  const group = await mallory.rest<{ groupId: string }>("POST", "/api/v1/groups", {
    name: "<svg/onload=window.broken=1>",
    memberIds: [annsId],
  });
  for (const payload of PAYLOADS) await sendText(connection, { groupId: group.groupId }, payload);
  await connection.ok("message:send", {
    clientMessageId: randomUUID(),
    to: { groupId: group.groupId },
    content: { kind: "text", text: `@${evil} **end**` },
    mentions: [mallory.userId, annsId],
    replyTo: 3,
  });

  await ann.openChat("<svg/onload=window.broken=1>");
  await ann.toEnd();
  await expect(ann.messages.locator("strong", { hasText: "end" })).toBeVisible();
  const links = new Map<string, string | null>();
  let said = "";
  // From the newest to the first, for only what is in view exists.
  await expect(async () => {
    for (const link of await ann.messages.locator("a[target=_blank]").all()) {
      links.set(await link.evaluate((element) => (element as HTMLAnchorElement).href), await link.getAttribute("rel"));
    }
    expect(
      await ann.messages
        .locator("img, svg[onload], script, iframe, b, [onclick], [onerror], [onload], [onmouseover]")
        .count(),
    ).toBe(0);
    said += await ann.messages.innerText();
    await ann.messages.hover();
    await ann.page.mouse.wheel(0, -300);
    await expect(ann.messages.getByText("created the group")).toBeInViewport({ timeout: 50 });
  }).toPass({ timeout: 30_000 });
  for (const [href, rel] of links) {
    expect(href).toMatch(/^https:\/\//);
    expect(rel).toBe("noopener noreferrer");
  }
  expect([...links.keys()]).toContain("https://evil.example/");
  expect(said).toContain("(evil.example)");
  expect(await ann.page.evaluate("window.broken")).toBeUndefined();
  connection.close();
});

test("markup is shown as it is meant, and code can be copied", async ({ open }) => {
  const [ann, bob] = [await open({ permissions: ["clipboard-read", "clipboard-write"] }), await open()];
  const bobsName = uniqueName("bob");
  await ann.register(uniqueName("ann"), "Ann");
  await bob.register(bobsName, "Bob");
  await ann.openChatWith(bobsName, "Bob");
  await ann.say("这是**重点。**请看 _here_ ~~not~~ `x < 1`");
  await ann.say("```ts\nconst a = 1 < 2;\n```");
  await ann.say("- one\n- two\n\n> said\n\n[docs](https://docs.example/a)");
  await bob.openChat("Ann");
  await expect(bob.messages.locator("strong")).toHaveText("重点。");
  await expect(bob.messages.locator("em")).toHaveText("here");
  await expect(bob.messages.locator("s")).toHaveText("not");
  await expect(bob.messages.locator("pre code")).toHaveText("const a = 1 < 2;");
  // Its words are told apart once the grammars are there.
  await expect(bob.messages.locator("pre code span").first()).toHaveText("const");
  await expect(bob.messages.locator("ul:not([aria-label]) > li")).toHaveText(["one", "two"]);
  await expect(bob.messages.locator("blockquote")).toHaveText("said");
  await expect(bob.messages.getByRole("link", { name: "docs" })).toHaveAttribute("href", "https://docs.example/a");
  await expect(bob.messages.getByText("(docs.example)")).toBeVisible();
  await ann.messages.getByRole("button", { name: "Copy code" }).click();
  await expect(ann.messages.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await ann.page.evaluate("navigator.clipboard.readText()")).toBe("const a = 1 < 2;");
});
