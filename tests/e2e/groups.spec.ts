import { type Page, expect } from "@playwright/test";
import sharp from "sharp";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import type { Screen } from "./screen.ts";
import { chinese } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, words: chinese } as const;

const GROUP_PICTURE = /^\/api\/v1\/portraits\//;

/** Opens the details of the group on the screen, and gives the pane that they are in. */
async function openDetails({ page, words }: Screen) {
  await page.getByRole("button", { name: words.groupDetails }).click();
  const pane = page.getByRole("complementary", { name: words.groupDetails });
  return pane.or(page.getByRole("dialog", { name: words.groupDetails }));
}

/** Closes the details, which lie over the conversation on a phone. */
const closeDetails = ({ page, words }: Screen) =>
  page
    .getByRole("dialog", { name: words.groupDetails })
    .getByRole("button", { name: words === chinese ? "关闭" : "Close" })
    .click();

/** Opens a window by its button, writes into its one field and saves. */
async function write(page: Page, { button, text, save }: { button: string; text: string; save: string }) {
  await page.getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog").filter({ has: page.getByRole("button", { name: save }) });
  await dialog.getByRole("textbox").fill(text);
  await dialog.getByRole("button", { name: save }).click();
  await expect(dialog).toBeHidden();
}

async function chooseFromMenu(page: Page, menu: string, item: string) {
  await page.getByRole("button", { name: menu }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

async function confirm(page: Page, name: string) {
  await page.getByRole("alertdialog").getByRole("button", { name }).click();
}

test("an owner gives a group its name, picture, texts and settings, and the members see them", async ({
  open,
  server,
}) => {
  const [ann, bob] = [await Person.register(server.url, "Ann"), await Person.register(server.url, "小明")];
  await ann.createGroup("Hikers", [bob]);
  const [anns, bobs] = [await open(), await open({ ...PHONE, colorScheme: "dark" })];
  await Promise.all([anns.enter(ann.username), bobs.enter(bob.username)]);
  await anns.openChat("Hikers");
  await bobs.openChat("Hikers");

  const details = await openDetails(anns);
  await write(anns.page, { button: "Rename the group", text: "Trail 山友", save: "Save" });
  await write(anns.page, { button: "Edit the announcement", text: "周六八点，东门见\nBring water", save: "Save" });
  await write(anns.page, { button: "Edit the description", text: "We walk at weekends", save: "Save" });
  await details.getByRole("switch", { name: "Only the owner and admins add members" }).click();
  await details.getByRole("switch", { name: "New members see earlier messages" }).click();
  await expect(details.getByRole("switch", { name: "New members see earlier messages" })).toBeChecked();
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#2a7" } })
    .jpeg()
    .toBuffer();
  await details.locator("input[type=file]").setInputFiles({ name: "us.jpg", mimeType: "image/jpeg", buffer: picture });
  await anns.page.getByRole("dialog").getByRole("button", { name: "Use", exact: true }).click();
  await expect(details.locator("img").first()).toHaveAttribute("src", GROUP_PICTURE);
  await expect(anns.chat("Trail 山友").locator("img")).toHaveAttribute("src", GROUP_PICTURE);

  const { page, messages } = bobs;
  await expect(page.getByRole("heading", { level: 1, name: "Trail 山友" })).toBeVisible();
  await expect(messages.getByText("Ann 将群聊名称改为「Trail 山友」")).toBeVisible();
  await expect(messages.getByText("Ann 更换了群头像")).toBeVisible();
  const banner = page.getByRole("region", { name: "群公告" });
  await expect(banner).toContainText("东门见");
  await banner.getByRole("button", { name: "知道了，关闭公告" }).click();
  await expect(banner).toBeHidden();
  const seen = await openDetails(bobs);
  await expect(seen.locator("img").first()).toHaveAttribute("src", GROUP_PICTURE);
  await expect(seen.getByText("We walk at weekends")).toBeVisible();
  await expect(seen.getByText("Bring water")).toBeVisible();
  // What only admins may is not offered.
  await expect(seen.getByRole("button", { name: /添加成员|修改群聊名称|群头像/ })).toHaveCount(0);
  await expect(seen.getByRole("region", { name: "群设置" })).toHaveCount(0);

  // How Bob keeps it: silent, ignored, and as usual again.
  const [silent, ignored] = [
    seen.getByRole("switch", { name: /^免打扰/ }),
    seen.getByRole("switch", { name: /^不接收提醒/ }),
  ];
  await silent.click();
  await expect(silent).toBeChecked();
  await ignored.click();
  await expect(silent).not.toBeChecked();
  await closeDetails(bobs);
  await page.getByRole("link", { name: chinese.back }).click();
  await anns.say("hello there");
  await expect(bobs.chat("Trail 山友")).toContainText("hello there");
  await expect(bobs.chat("Trail 山友").getByText(/未读/)).toHaveCount(0);
  await bobs.openChat("Trail 山友");
  await openDetails(bobs);
  await ignored.click();
  await expect(ignored).not.toBeChecked();
  await closeDetails(bobs);
  await page.getByRole("link", { name: chinese.back }).click();
  await anns.say("and now?");
  await expect(bobs.chat("Trail 山友").getByText(chinese.unread(1))).toBeAttached();

  await details.getByRole("button", { name: "Remove picture" }).click();
  await expect(details.getByRole("button", { name: "Upload picture" })).toBeVisible();
  await expect(bobs.chat("Trail 山友").locator("img")).toHaveCount(0);
});

test("admins are made and unmade, mute one and all, and people go by an alias", async ({ open, server }) => {
  const people = await Promise.all(["Ann", "小明", "Cid"].map((name) => Person.register(server.url, name)));
  const [ann, bob, cid] = people as [Person, Person, Person];
  await ann.createGroup("Crew", [bob, cid]);
  const [anns, bobs, cids] = [await open(), await open(PHONE), await open({ colorScheme: "dark" })];
  await Promise.all([anns.enter(ann.username), bobs.enter(bob.username), cids.enter(cid.username)]);
  await Promise.all([anns, bobs, cids].map((screen) => screen.openChat("Crew")));
  await cids.say("first");

  const details = await openDetails(anns);
  await chooseFromMenu(anns.page, "Manage 小明", "Make admin");
  await expect(bobs.messages.getByText("Ann 将 你 设为管理员")).toBeVisible();
  const members = await openDetails(bobs);
  await expect(members.getByRole("region", { name: "群设置" })).toBeVisible();
  await expect(members.getByRole("button", { name: "Ann 的管理菜单" })).toHaveCount(0);

  await chooseFromMenu(bobs.page, "Cid 的管理菜单", "10 分钟");
  await expect(members.getByRole("img", { name: "已被禁言" })).toBeVisible();
  await expect(cids.page.getByText(/^You are muted until \d/)).toBeVisible();
  await expect(cids.composer).toBeHidden();
  await chooseFromMenu(bobs.page, "Cid 的管理菜单", "解除禁言");
  await expect(cids.composer).toBeVisible();
  await cids.say("second");

  await members.getByRole("switch", { name: "全员禁言" }).click();
  await expect(cids.page.getByText("Everybody is muted: only the owner and admins can write")).toBeVisible();
  await expect(cids.composer).toBeHidden();
  await anns.say("quiet, please");
  await cids.reads("quiet, please");
  await members.getByRole("switch", { name: "全员禁言" }).click();
  await expect(cids.composer).toBeVisible();

  // Bob's own alias, and one that Ann gives to Cid.
  await write(bobs.page, { button: "我在本群的昵称", text: "队长", save: "保存" });
  await closeDetails(bobs);
  await bobs.say("我是队长");
  await expect(cids.messages.getByText("队长", { exact: true }).first()).toBeVisible();
  await anns.page.getByRole("button", { name: "Manage Cid" }).click();
  await anns.page.getByRole("menuitem", { name: "Set name in this group" }).click();
  await anns.page.getByRole("dialog").getByRole("textbox", { name: "Cid’s name in this group" }).fill("Scout");
  await anns.page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(details.getByRole("button", { name: "Manage Scout" })).toBeVisible();
  await expect(bobs.messages.getByText("Scout", { exact: true }).first()).toBeVisible();

  await chooseFromMenu(anns.page, "Manage 队长", "Remove as admin");
  await expect(bobs.messages.getByText("Ann 取消了 你 的管理员身份")).toBeVisible();
  await openDetails(bobs);
  await expect(members.getByRole("list").filter({ hasText: "Scout" })).toBeVisible();
  await expect(members.getByRole("region", { name: "群设置" })).toHaveCount(0);
  await expect(members.getByRole("button", { name: "Scout 的管理菜单" })).toHaveCount(0);
});

test("people ask to join and are answered in the notices; later one is put out, and the group changes hands and ends", async ({
  open,
  server,
}) => {
  const people = await Promise.all(["Ann", "小明", "Dan", "Eve"].map((name) => Person.register(server.url, name)));
  const [ann, bob, dan, eve] = people as [Person, Person, Person, Person];
  const made = await ann.createGroup("Book club", [bob]);
  await ann.rest("PATCH", `/api/v1/groups/${made.groupId}`, { joinPolicy: "approval", historyVisible: true });
  const connection = await ann.connect();
  await sendText(connection, { groupId: made.groupId }, "said before Dan came");
  connection.close();
  const [bobs, dans, eves] = [await open(), await open(PHONE), await open({ colorScheme: "dark" })];
  // Bob answers as an admin, in English on the desktop.
  await ann.rest("PATCH", `/api/v1/groups/${made.groupId}/members/${bob.userId}`, { role: 1 });
  await Promise.all([bobs.enter(bob.username), dans.enter(dan.username), eves.enter(eve.username)]);

  await dans.page.goto(`/g/${made.groupId}`);
  await dans.page.getByLabel("申请留言").fill("我是丹，爱看书");
  await dans.page.getByRole("button", { name: "申请加入" }).click();
  await expect(dans.page.getByText("已申请，等待群主或管理员同意")).toBeVisible();
  await eves.page.goto(`/g/${made.groupId}`);
  await eves.page.getByRole("button", { name: "Ask to join" }).click();
  await expect(eves.page.getByText("Asked to join; the owner or an admin has to agree")).toBeVisible();

  await bobs.goTo("contacts");
  await bobs.page.getByRole("link", { name: /^Notices/ }).click();
  const row = (name: string) => bobs.page.getByRole("main").getByRole("listitem").filter({ hasText: name });
  await expect(row("Dan")).toContainText("Would like to join “Book club” · 我是丹，爱看书");
  await row("Dan").getByRole("button", { name: "Accept" }).click();
  await expect(row("Dan")).toContainText("Accepted");
  await row("Eve").getByRole("button", { name: "Refuse" }).click();
  await expect(row("Eve")).toContainText("Refused");
  await expect(eves.page.getByText("Your request was refused; you can ask again after a day")).toBeVisible();

  await eves.page.goto("/notices");
  const own = eves.page.getByRole("main").getByRole("listitem");
  await expect(own).toContainText("Not accepted");
  await own.getByRole("link", { name: "Request to join a group" }).click();
  await expect(eves.page.getByRole("heading", { level: 2, name: "Book club" })).toBeVisible();

  await dans.page.getByRole("link", { name: "进入群聊" }).click();
  await expect(dans.page.getByRole("heading", { level: 1, name: "Book club" })).toBeVisible();
  await dans.reads("said before Dan came");

  await bobs.goTo("chats");
  await bobs.openChat("Book club");
  const details = await openDetails(bobs);
  await chooseFromMenu(bobs.page, "Manage Dan", "Remove from group");
  await confirm(bobs.page, "Remove");
  await expect(dans.page.getByText("你已不在这个群聊中，只能查看以前的消息")).toBeVisible();
  await expect(dans.composer).toBeHidden();
  await expect(details.getByRole("button", { name: "Manage Dan" })).toHaveCount(0);

  // Ann hands the group over to Bob on her phone, who dissolves it.
  const anns = await open({ ...PHONE, colorScheme: "dark" });
  await anns.enter(ann.username);
  await anns.openChat("Book club");
  const annsDetails = await openDetails(anns);
  await chooseFromMenu(anns.page, "小明 的管理菜单", "转让群主");
  await confirm(anns.page, "转让");
  await expect(annsDetails.getByRole("button", { name: "解散群聊" })).toHaveCount(0);
  await details.getByRole("button", { name: "Dissolve group" }).click();
  await confirm(bobs.page, "Dissolve");
  await expect(details.getByText("This group was dissolved; earlier messages stay readable")).toBeVisible();
  await expect(annsDetails.getByText("该群聊已解散，仍可查看以前的消息")).toBeVisible();
  await closeDetails(anns);
  await expect(anns.messages.getByText("小明 解散了群聊")).toBeVisible();
  await expect(anns.composer).toBeHidden();
});
