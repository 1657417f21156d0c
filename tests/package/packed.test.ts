import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/root.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { PASSWORD } from "../support/people.ts";
import { type Server, startServer } from "../support/server.ts";

const execute = promisify(execFile);

/** Packing, and installing from the registry, in milliseconds. */
const INSTALL_MS = 300_000;

let server: Server;
/** A project that has nothing but the packed packages. */
let project: string;

beforeAll(async () => {
  server = await startServer();
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

  it("bring no TypeScript sources, and say what they are", async () => {
    const manifest: unknown = JSON.parse(
      await readFile(join(project, "node_modules/@im-webapp/client/package.json"), "utf8"),
    );
    expect(manifest).toMatchObject({
      type: "module",
      sideEffects: false,
      license: "MIT",
      exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
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
