import { execFile } from "node:child_process";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/root.ts";
import { CHROMIUM_ARGUMENTS } from "../support/chromium.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { PASSWORD } from "../support/people.ts";
import { requireProgram } from "../support/programs.ts";
import { type Server, startServer } from "../support/server.ts";
import { serveFolder } from "../support/static-server.ts";

const execute = promisify(execFile);

/** Packing, and installing from the registry, in milliseconds. */
const INSTALL_MS = 300_000;

const SERVER_KEY = "the-embedders-backend-has-this-key";

let server: Server;
/** A project that has nothing but the packed packages. */
let project: string;

beforeAll(async () => {
  server = await startServer({ env: { SERVER_KEY } });
  project = makeTemporaryFolder("package");
  const { stdout } = await execute(process.execPath, ["--import", "tsx", "scripts/pack.ts"], { cwd: root });
  const tarballs = stdout.trim().split("\n");
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "embedder", type: "module", private: true }));
  await cp(join(import.meta.dirname, "embedder"), project, { recursive: true });
  const options = ["--no-audit", "--no-fund", "--prefer-offline"];
  await execute("npm", ["install", ...options, ...tarballs, "react@19", "@types/react@19"], { cwd: project });
}, INSTALL_MS);

afterAll(async () => {
  await server.stop();
  await removeTemporaryFolder(project);
});

/** Runs a program of the project and gives what it wrote. */
async function run(program: string, words: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const running = execute(program, [...words], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: project, ...env },
  });
  running.child.stdin?.end();
  return (await running).stdout;
}

describe("the packed packages, installed into an empty project", () => {
  it("type-check", async () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(await run(process.execPath, [tsc, "-p", "."])).toBe("");
  });

  it("sign in, send and receive", async () => {
    const answer = await run(process.execPath, ["talk.mjs", server.url, PASSWORD]);
    expect(answer.trim()).toBe("packed: hello from an empty project");
  });

  it("have every entry in plain Node, and a store in a file there", async () => {
    const entries = () => run(process.execPath, ["entries.mjs", server.url, PASSWORD]);
    expect(await entries()).toBe("function function 1 registered\n");
    expect(await entries()).toBe("function function 1 resumed\n");
  });

  it("sign in by a token of the server API", async () => {
    expect(await run(process.execPath, ["embed.mjs", server.url, SERVER_KEY])).toBe("Embedded is online\n");
  });

  it("are bundled with Dexie in a chunk of its own, which a browser loads when it stores", async () => {
    await run(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), "build"]);
    const dist = join(project, "dist");
    const scripts = (await readdir(join(dist, "assets"))).filter((name) => name.endsWith(".js"));
    const sources = await Promise.all(scripts.map((name) => readFile(join(dist, "assets", name), "utf8")));
    const html = await readFile(join(dist, "index.html"), "utf8");
    const withDexie = scripts.filter((_, index) => sources[index]?.includes("DexieError"));
    expect(withDexie).toHaveLength(1);
    expect(html, "nothing of it is loaded with the page").not.toContain(withDexie[0]);

    const site = await serveFolder(dist);
    const browser = await chromium.launch({ executablePath: requireProgram("chromium"), args: CHROMIUM_ARGUMENTS });
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => document.title !== "");
    expect(await page.title()).toBe("stored: persistent");
    await browser.close();
    await site.stop();
  });

  it("bring no TypeScript sources and no tests, and say what they are", async () => {
    for (const name of ["protocol", "client", "react", "cli"]) {
      const files = await readdir(join(project, "node_modules/@im-webapp", name), { recursive: true });
      expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
      expect(files.filter((file) => /(?<!\.d)\.tsx?$|\.test\.|conformance/.test(file))).toEqual([]);
    }
    const manifest: unknown = JSON.parse(
      await readFile(join(project, "node_modules/@im-webapp/client/package.json"), "utf8"),
    );
    expect(manifest).toMatchObject({
      type: "module",
      sideEffects: false,
      license: "MIT",
      exports: {
        ".": { types: "./index.d.ts", default: "./index.js" },
        "./indexeddb": { types: "./indexeddb/index.d.ts", default: "./indexeddb/index.js" },
        "./node": { types: "./node/index.d.ts", default: "./node/index.js" },
      },
    });
    expect(manifest).not.toHaveProperty("private");
  });

  it("bring the `im` command: sign in, list, send, follow, sign out", async () => {
    const im = (home: string, ...words: string[]) =>
      run(join(project, "node_modules/.bin/im"), words, { IM_HOME: join(project, home), IM_PASSWORD: PASSWORD });
    expect(await im("ann", "login", server.url, "cli-ann", "--register")).toBe("Signed in as cli-ann.\n");
    expect(await im("bob", "login", server.url, "cli-bob", "--register")).toBe("Signed in as cli-bob.\n");
    expect(await im("ann", "list")).toContain("No conversations yet");
    await im("ann", "send", "cli-bob", "dinner", "at", "seven?");
    expect(await im("bob", "list")).toMatch(/1 +cli-ann +dinner at seven\?/);
    expect(await im("bob", "follow", "cli-ann"), "with no input it shows what is there, and ends").toContain(
      "cli-ann: dinner at seven?",
    );
    await expect(im("ann", "send", "nobody-of-that-name", "x")).rejects.toThrow("neither a conversation nor a user");
    expect(await im("ann", "logout")).toBe("Signed out.\n");
    await expect(im("ann", "list")).rejects.toThrow("nobody is signed in here");
  });
});
