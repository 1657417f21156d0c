import { createECDH, randomBytes } from "node:crypto";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type PushNotice, type PushRequest, pushNotice } from "@im-webapp/protocol";
import ece from "http_ece";

/** What one device was told, and by which headers. */
export interface Told {
  readonly notice: PushNotice;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A push service of our own, with the devices that it reaches: takes what the server sends, and can read it. */
export class PushEndpoint {
  readonly #server: Server;
  readonly #devices = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer; told: Told[] }>();
  /** What it answers instead of 201. */
  status = 201;

  private constructor() {
    this.#server = createServer((request, response) => {
      const take = (body: Buffer) => {
        const device = this.#devices.get(request.url ?? "");
        if (!device) {
          response.writeHead(404).end();
          return;
        }
        const text = ece
          .decrypt(body, {
            version: "aes128gcm",
            privateKey: device.ecdh,
            authSecret: device.auth.toString("base64url"),
          })
          .toString();
        device.told.push({ notice: pushNotice.strict().parse(JSON.parse(text)), headers: request.headers });
        response.writeHead(this.status).end();
      };
      buffer(request).then(take, () => response.destroy());
    });
  }

  static async start(): Promise<PushEndpoint> {
    const endpoint = new PushEndpoint();
    await new Promise<void>((resolve) => endpoint.#server.listen(0, "127.0.0.1", resolve));
    return endpoint;
  }

  /** A device as its browser subscribes it. */
  subscribe(): { request: PushRequest; told: readonly Told[]; forget(): void } {
    const ecdh = createECDH("prime256v1");
    const auth = randomBytes(16);
    const path = `/device/${randomBytes(8).toString("hex")}`;
    const told: Told[] = [];
    ecdh.generateKeys();
    this.#devices.set(path, { ecdh, auth, told });
    const { port } = this.#server.address() as AddressInfo;
    return {
      request: {
        endpoint: `http://127.0.0.1:${port}${path}`,
        keys: { p256dh: ecdh.getPublicKey().toString("base64url"), auth: auth.toString("base64url") },
      },
      told,
      forget: () => this.#devices.delete(path),
    };
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
