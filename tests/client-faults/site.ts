import type { BrowserContext } from "@playwright/test";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { type Server, startServer } from "../support/server.ts";
import { bundlePage } from "./bundle.ts";

/** Where the page is: an origin of its own, as in a product that embeds a chat, and a secure one, as locks need it. */
export const PAGE_ORIGIN = "http://page.localhost";

/** A real server that can go and come back under the same address, and the page that the tests drive. */
export class Site {
  readonly url: string;
  readonly #files: ReadonlyMap<string, string>;
  readonly #dataDir: string;
  #server: Server;

  private constructor(files: ReadonlyMap<string, string>, dataDir: string, server: Server) {
    this.#files = files;
    this.#dataDir = dataDir;
    this.#server = server;
    this.url = server.url;
  }

  static async open(): Promise<Site> {
    const dataDir = makeTemporaryFolder("client-faults");
    const [files, server] = await Promise.all([bundlePage(), startServer({ dataDir })]);
    return new Site(files, dataDir, server);
  }

  /** Gives the page to a browser, which has it without a network as well. */
  async serve(context: BrowserContext): Promise<void> {
    await context.route(`${PAGE_ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/") {
        const body = '<!doctype html><title>client</title><script type="module" src="/page.js"></script>';
        await route.fulfill({ contentType: "text/html", body });
        return;
      }
      if (pathname === "/blank") {
        await route.fulfill({ contentType: "text/html", body: "<!doctype html><title>blank</title>" });
        return;
      }
      const body = this.#files.get(pathname);
      if (body === undefined) await route.fulfill({ status: 404 });
      else await route.fulfill({ contentType: "text/javascript", body });
    });
  }

  /** SIGKILL: no farewell. */
  async kill(): Promise<void> {
    await this.#server.kill();
  }

  /** Starts it again over the same data and under the same port. */
  async startAgain(): Promise<void> {
    this.#server = await startServer({ dataDir: this.#dataDir, env: { PORT: new URL(this.url).port } });
  }

  async close(): Promise<void> {
    await this.#server.stop();
    await removeTemporaryFolder(this.#dataDir);
  }
}
