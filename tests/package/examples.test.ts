import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/root.ts";
import { Child } from "../support/child.ts";
import { CHROMIUM_ARGUMENTS } from "../support/chromium.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { PASSWORD, Person, sendText } from "../support/people.ts";
import { requireProgram } from "../support/programs.ts";
import { type Server, startServer } from "../support/server.ts";
import { serveFolder } from "../support/static-server.ts";
import { waitFor } from "../support/wait-for.ts";

const execute = promisify(execFile);

/** A dozen programs one after the other, each of which takes seconds to start on two busy cores, in milliseconds. */
const PROGRAMS_TIMEOUT_MS = 240_000;

/** Until the bot has answered, in milliseconds. */
const ANSWER_TIMEOUT_MS = 30_000;

const ENVIRONMENT = { PATH: process.env.PATH, HOME: process.env.HOME };

let server: Server;
let folder: string;

beforeAll(async () => {
  server = await startServer();
  folder = makeTemporaryFolder("examples");
});

afterAll(async () => {
  await server.stop();
  await removeTemporaryFolder(folder);
});

/** Starts the bot under a name, as examples/README.md says; ready when it listens. */
async function startBot(name: string): Promise<Child> {
  const options = ["--import", "tsx", join("examples", "bot.ts"), server.url, name, PASSWORD];
  const bot = await Child.start(process.execPath, options, { name: "the bot", cwd: root, env: ENVIRONMENT });
  await waitFor(() => bot.logs().includes(`${name} listens`), { what: "the bot", timeoutMs: ANSWER_TIMEOUT_MS });
  return bot;
}

describe("the bot", () => {
  it("answers, also what it was sent while it was away", { timeout: PROGRAMS_TIMEOUT_MS }, async () => {
    const first = await startBot("echo");
    const ann = await Person.register(server.url, "Ann");
    const socket = await ann.connect();
    const { users } = await ann.rest<{ users: { userId: string; username: string }[] }>(
      "GET",
      "/api/v1/users?query=echo",
    );
    const to = { userId: users.find(({ username }) => username === "echo")?.userId ?? "" };
    const heard = () =>
      socket.pushed.flatMap((entry) =>
        entry.type === "message" && entry.message.senderId !== ann.userId && entry.message.content.kind === "text"
          ? [entry.message.content.text]
          : [],
      );
    await sendText(socket, to, "hello");
    await waitFor(() => heard().length === 1, { what: "the answer" });
    await first.kill();
    await sendText(socket, to, "are you there?");
    const second = await startBot("echo");
    await waitFor(() => heard().length === 2, { what: "the answer of the next day" });
    expect(heard()).toEqual(["You said: hello", "You said: are you there?"]);
    await second.kill();
    socket.close();
  });
});

describe("the page", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: requireProgram("chromium"), args: CHROMIUM_ARGUMENTS });
  });

  afterAll(() => browser.close());

  it("built, and served from elsewhere, chats in a browser", { timeout: PROGRAMS_TIMEOUT_MS }, async () => {
    const vite = join(root, "node_modules/vite/bin/vite.js");
    const built = join(folder, "page");
    await execute(process.execPath, [vite, "build", "examples/page", "--outDir", built, "--emptyOutDir"], {
      cwd: root,
      env: ENVIRONMENT,
    });
    const site = await serveFolder(built);
    const bot = await startBot("page-echo");
    const visitor = await Person.register(server.url, "Visitor");
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(`${site.url}/?server=${encodeURIComponent(server.url)}`);
    await page.getByPlaceholder("name").fill(visitor.username);
    await page.getByPlaceholder("password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByPlaceholder("to whom").fill("page-echo");
    await page.getByPlaceholder("message").fill("hello from a page");
    await page.getByRole("button", { name: "Send" }).click();
    const answer = page.getByText("page-echo: You said: hello from a page");
    await answer.waitFor({ timeout: ANSWER_TIMEOUT_MS });
    expect(await page.getByRole("listitem").allTextContents()).toEqual([
      "Visitor: hello from a page",
      "page-echo: You said: hello from a page",
    ]);
    await page.reload();
    await page.getByText("Visitor, online").waitFor({ timeout: ANSWER_TIMEOUT_MS });
    expect(faults).toEqual([]);
    await page.close();
    await bot.kill();
    await site.stop();
  });
});

describe("the command line", () => {
  const running = new Set<ChildProcess>();

  afterAll(() => {
    for (const child of running) child.kill("SIGKILL");
  });

  const im = (...words: string[]) => ["--import", "tsx", join("packages", "cli", "src", "main.ts"), ...words];
  const environment = () => ({ ...ENVIRONMENT, IM_HOME: join(folder, "im"), IM_PASSWORD: PASSWORD });

  async function run(...words: string[]): Promise<string> {
    const { stdout } = await execute(process.execPath, im(...words), { cwd: root, env: environment() });
    return stdout;
  }

  it("sends a file, and what is said with it after it", { timeout: PROGRAMS_TIMEOUT_MS }, async () => {
    const bob = await Person.register(server.url, "Bob");
    const socket = await bob.connect();
    const path = join(folder, "两个 notes.txt");
    const bytes = "line after line\n".repeat(200_000);
    await writeFile(path, bytes);
    await run("login", server.url, "cli-files", "--register");
    await expect(run("send", bob.username, "--file", join(folder, "nowhere"))).rejects.toThrow("ENOENT");
    expect(await run("send", bob.username, "--file", path, "as", "promised")).toBe("");
    const said = () => socket.pushed.flatMap((entry) => (entry.type === "message" ? [entry.message.content] : []));
    await waitFor(() => said().length === 2, { what: "the file and the words" });
    const [file, words] = said();
    expect(file).toMatchObject({ kind: "file", name: "两个 notes.txt", size: bytes.length });
    expect(words).toEqual({ kind: "text", text: "as promised" });
    const { fileId } = file as { fileId: string };
    const read = await fetch(`${server.url}/api/v1/files/${fileId}`, {
      headers: { authorization: `Bearer ${bob.token}` },
    });
    expect(await read.text()).toBe(bytes);
    await run("logout");
    socket.close();
  });

  it("logs in, lists, sends, and follows as messages come", { timeout: PROGRAMS_TIMEOUT_MS }, async () => {
    const bot = await startBot("cli-echo");
    expect(await run("login", server.url, "cli-ann", "--register")).toBe("Signed in as cli-ann.\n");
    expect(await run("list")).toContain("No conversations yet");
    await run("send", "cli-echo", "hello");
    await waitFor(async () => /1 +cli-echo +You said: hello/.test(await run("list")), {
      what: "the answer in the list",
      timeoutMs: ANSWER_TIMEOUT_MS,
    });

    const following = spawn(process.execPath, im("follow", "cli-echo"), {
      cwd: root,
      env: environment(),
      stdio: ["pipe", "pipe", "inherit"],
    });
    running.add(following);
    let shown = "";
    following.stdout.setEncoding("utf8").on("data", (text: string) => (shown += text));
    const shows = (text: string) =>
      waitFor(() => shown.includes(text), { what: `"${text}" in ${shown}`, timeoutMs: ANSWER_TIMEOUT_MS });
    await shows("cli-echo: You said: hello");
    following.stdin.write("how are you?\n");
    await shows("cli-ann: how are you?");
    await shows("cli-echo: You said: how are you?");
    following.stdin.end();
    const [code] = (await once(following, "exit")) as [number | null];
    running.delete(following);
    expect(code, "it ends with its input").toBe(0);
    await bot.kill();
  });
});
