import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";

test("the focus goes back to where it was when a window is closed", async ({ open, server }) => {
  const [anns, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  const socket = await anns.connect();
  const group = await anns.createGroup("Hikers", [bobs]);
  await sendText(socket, { groupId: group.groupId }, "Hello");
  socket.close();
  const ann = await open();
  await ann.enter(anns.username);
  await ann.openChat("Hikers");
  const { page } = ann;
  const dialog = page.getByRole("dialog");

  await ann.composer.focus();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(dialog.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(ann.composer).toBeFocused();

  await page.getByRole("button", { name: "Group details" }).focus();
  await page.keyboard.press("Enter");
  const rename = page.getByRole("button", { name: "Edit the announcement" });
  await rename.focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(rename).toBeFocused();

  // A line of a menu is gone with the menu: its button has the focus then.
  const menu = page.getByRole("button", { name: "Conversation menu" });
  await menu.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Go to a date" }).press("Enter");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();

  const leave = page.getByRole("button", { name: "Dissolve group" });
  await leave.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(leave).toBeFocused();
});

test("what is pasted is sent by Enter, and the focus is in the composer again", async ({ open, server }) => {
  const [anns, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  const socket = await anns.connect();
  await sendText(socket, { userId: bobs.userId }, "Hello");
  socket.close();
  const bob = await open();
  await bob.enter(bobs.username);
  await bob.openChat("Ann");
  await bob.composer.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(["a text"], "notes.txt", { type: "text/plain" }));
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(bob.page.getByRole("dialog").getByLabel("Caption")).toBeFocused();
  await bob.page.keyboard.press("Enter");
  const sent = bob.messages.getByRole("article").filter({ hasText: "notes.txt" });
  await expect(sent).toContainText("TXT");
  await expect(bob.composer).toBeFocused();
});
