import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { PushNotice } from "@im-webapp/protocol";
import webPush from "web-push";
import type { PushService, Subscription } from "../../core/push/ports.ts";

/** How long a service may take to answer, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** How long a service keeps a notice for a device that is off, in seconds: a day. */
const KEEP_S = 24 * 60 * 60;

export interface WebPushOptions {
  /** VAPID, base64url. */
  readonly keys: { readonly publicKey: string; readonly privateKey: string };
  /** Whom a service may write to about this server: a `mailto:` or `https:` address. */
  readonly contact: string;
  /** Hosts of push services; one that begins with a dot stands for all below it. */
  readonly hosts: readonly string[];
  readonly onFault: (error: unknown) => void;
}

/** Web Push (RFC 8030, 8291, 8292): the notice is encrypted for the device, so that a service cannot read it. */
export class WebPushService implements PushService {
  readonly publicKey: string;
  readonly #options: WebPushOptions;

  constructor(options: WebPushOptions) {
    this.publicKey = options.keys.publicKey;
    this.#options = options;
  }

  knows(endpoint: string): boolean {
    const { protocol, hostname, username, password } = new URL(endpoint);
    if (username !== "" || password !== "") return false;
    const isLocal = hostname === "127.0.0.1" || hostname === "localhost";
    if (protocol !== "https:" && !isLocal) return false;
    return this.#options.hosts.some((host) => (host.startsWith(".") ? hostname.endsWith(host) : hostname === host));
  }

  async send({ endpoint, keys }: Subscription, notice: PushNotice): Promise<"sent" | "gone" | "failed"> {
    // What was known when it was said may not be any more.
    if (!this.knows(endpoint)) return "failed";
    const { contact, keys: vapid, onFault } = this.#options;
    try {
      const { method, headers, body } = webPush.generateRequestDetails({ endpoint, keys }, JSON.stringify(notice), {
        vapidDetails: { subject: contact, ...vapid },
        TTL: KEEP_S,
        urgency: "high",
        // One that waits is replaced by the next of its conversation. 32 characters of base64url.
        topic: topicOf(notice.conversationId),
      });
      const status = await post(endpoint, method, headers, body);
      if (status === 404 || status === 410) return "gone";
      return status < 300 ? "sent" : "failed";
    } catch (error) {
      onFault(error);
      return "failed";
    }
  }
}

function topicOf(conversationId: string): string {
  return Buffer.from(conversationId).toString("base64url").slice(-32);
}

/** By hand: the library's own sending knows no services on plain HTTP, which tests run, and follows a proxy. */
function post(
  endpoint: string,
  method: string,
  headers: Record<string, unknown>,
  body: Buffer | null,
): Promise<number> {
  const send = endpoint.startsWith("https:") ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(
      endpoint,
      {
        method,
        headers: headers as Record<string, string>,
        timeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 500);
      },
    );
    request.on("error", reject);
    request.end(body ?? undefined);
  });
}
