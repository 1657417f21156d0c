/**
 * Makes sure that MariaDB, Redis and Chromium are there for the full test run. As root on Debian or Ubuntu it installs
 * what is missing, without letting the packages start their daemons; elsewhere it says what to install and fails.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type Program, findPrograms } from "../tests/support/programs.ts";

/** The Debian packages that bring each program. Chromium draws Chinese and emoji only with fonts that have them. */
const PACKAGES: Record<Program, readonly string[]> = {
  mariadbd: ["mariadb-server"],
  mariadbInstallDb: ["mariadb-server"],
  openssl: ["openssl"],
  redisServer: ["redis-server"],
  chromium: ["chromium", "fonts-noto-cjk", "fonts-noto-color-emoji"],
};

/** Asked by Debian's maintainer scripts before they start or stop a service; exit code 101 forbids it. */
const POLICY = "/usr/sbin/policy-rc.d";
const POLICY_KEPT = `${POLICY}.before-im-webapp-tests`;

function missing(): Program[] {
  return Object.entries(findPrograms())
    .filter(([, path]) => path === undefined)
    .map(([program]) => program as Program);
}

function isDebian(): boolean {
  if (!existsSync("/etc/os-release") || !existsSync("/usr/bin/apt-get")) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"));
}

function run(...command: [string, ...string[]]): void {
  console.log(`$ ${command.join(" ")}`);
  const [program, ...arguments_] = command;
  const done = spawnSync(program, arguments_, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (done.status !== 0) throw new Error(`${command.join(" ")} failed (${done.status ?? done.signal})`);
}

/** Runs `work` while Debian's packages may start no service, and puts an earlier policy back. */
function withoutStartingServices(work: () => void): void {
  // Without a listener Ctrl-C would end this process before the policy is put back. With one, apt-get ends by it alone.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  const had = existsSync(POLICY);
  if (had) renameSync(POLICY, POLICY_KEPT);
  try {
    writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
    work();
  } finally {
    rmSync(POLICY, { force: true });
    if (had) renameSync(POLICY_KEPT, POLICY);
  }
}

const wanted = missing();
if (wanted.length > 0) {
  const packages = [...new Set(wanted.flatMap((program) => PACKAGES[program]))];
  if (process.getuid?.() === 0 && isDebian()) {
    console.log(`Not found: ${wanted.join(", ")}. Installing ${packages.join(" ")}.`);
    try {
      withoutStartingServices(() => {
        run("apt-get", "update");
        run("apt-get", "install", "-y", "--no-install-recommends", ...packages);
      });
    } catch (error) {
      console.error(String(error));
    }
  }
  const still = missing();
  if (still.length > 0) {
    console.error(
      [
        `Not found: ${still.join(", ")}.`,
        `The full test run needs MariaDB, Redis and Chromium. On Debian or Ubuntu, as root:`,
        `  apt-get install --no-install-recommends ${packages.join(" ")}`,
        `(the tests start private instances; the system's own services are not used and may be off).`,
        `Programs elsewhere are named with MARIADBD_PATH, MARIADB_INSTALL_DB_PATH, REDIS_SERVER_PATH, CHROMIUM_PATH.`,
        `Without them: npm run test:embedded runs all that needs only SQLite.`,
      ].join("\n"),
    );
    process.exitCode = 1;
  }
}
