import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { root } from "./root.ts";

const PORT = process.env["PORT"] ?? "7001";

/** A port that is free now; the server takes it a moment later. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("no free port"));
      });
    });
  });
}

function bin(file: string): string {
  return path.join(root, "node_modules", file);
}

const serverPort = await freePort();
/** Started by their own files: a shell or npm in between would not pass signals on. */
const children: ChildProcess[] = [
  spawn(process.execPath, [bin("tsx/dist/cli.mjs"), "watch", "--clear-screen=false", "apps/server/main.ts"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PORT: String(serverPort), HOST: "127.0.0.1" },
  }),
  spawn(process.execPath, [bin("vite/bin/vite.js"), "--port", PORT, "--strictPort"], {
    cwd: path.join(root, "apps/web"),
    stdio: "inherit",
    env: { ...process.env, IM_SERVER_URL: `http://127.0.0.1:${serverPort}` },
  }),
];
process.stdout.write(`The page, reloading as you edit: http://localhost:${PORT}\n`);

function stop(): void {
  for (const child of children) child.kill("SIGTERM");
}
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
// Either without the other is of no use.
for (const child of children) child.once("exit", stop);
