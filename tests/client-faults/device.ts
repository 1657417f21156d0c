import type { Browser, BrowserContext } from "@playwright/test";
import { Proxy } from "../faults/proxy.ts";
import { Tab } from "./tab.ts";

const PAGE = '<!doctype html><meta charset="utf-8"><title>Harness</title>';
const PROGRAM = '<script type="module" src="/harness/harness.js"></script>';

/** A browser of somebody's own, with storage of its own, and with a way of its own to the server, which can be cut. */
export class Device {
  readonly context: BrowserContext;
  readonly way: Proxy;
  /** Of its pages: the server, by way of `way`. */
  readonly origin: string;

  private constructor(context: BrowserContext, way: Proxy, origin: string) {
    this.context = context;
    this.way = way;
    this.origin = origin;
  }

  static async open(browser: Browser, serverUrl: string, program: ReadonlyMap<string, string>): Promise<Device> {
    const { hostname, port } = new URL(serverUrl);
    const way = await Proxy.open(() => ({ host: hostname, port: Number(port) }));
    // A page that the test fulfils has no address, which makes the server one in another network.
    const context = await browser.newContext({ permissions: ["local-network-access"] });
    const origin = `http://127.0.0.1:${way.port}`;
    // The pages come from the test, on the server's origin: they are there without a network, too.
    await context.route(`${origin}/harness/**`, async (route) => {
      const path = new URL(route.request().url()).pathname.slice("/harness".length);
      const script = program.get(path);
      if (script !== undefined) await route.fulfill({ contentType: "text/javascript", body: script });
      else await route.fulfill({ contentType: "text/html", body: path === "/empty" ? PAGE : PAGE + PROGRAM });
    });
    return new Device(context, way, origin);
  }

  /** A page with the library in it; who was signed in on this device still is. */
  async openTab(): Promise<Tab> {
    const page = await this.context.newPage();
    await page.goto(`${this.origin}/harness/page`);
    await page.waitForFunction(() => "harness" in globalThis);
    return new Tab(page);
  }

  /** A page of the same origin without the library. */
  async openEmptyPage(): Promise<Tab["page"]> {
    const page = await this.context.newPage();
    await page.goto(`${this.origin}/harness/empty`);
    return page;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.way.close();
  }
}
