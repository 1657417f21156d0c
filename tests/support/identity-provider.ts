import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

const CLIENT_ID = "im-webapp";
const CLIENT_SECRET = "a secret between the two programs";

/** A real OpenID provider on a port of its own. Anybody may sign in there, under the name that they type. */
export interface IdentityServer {
  readonly issuer: string;
  /** Environment of a server that signs people in by it. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets browsers be sent back to this address; call it before anybody is sent. */
  allow(redirectUri: string): void;
  stop(): Promise<void>;
}

export async function startIdentityServer(): Promise<IdentityServer> {
  let handle: ReturnType<Provider["callback"]> | undefined;
  let redirectUris: string[] = [];
  const server = createServer((request, response) => {
    handle ??= provider(issuer, redirectUris).callback();
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    env: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT_ID, OIDC_CLIENT_SECRET: CLIENT_SECRET, OIDC_NAME: "Company" },
    allow(redirectUri) {
      redirectUris = [...redirectUris, redirectUri];
      handle = undefined;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function provider(issuer: string, redirectUris: string[]): Provider {
  return new Provider(issuer, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: redirectUris }],
    cookies: { keys: ["of the tests"] },
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email"] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, name: `${id} of Company`, email: `${id}@company.example` }),
    }),
  });
}

/** A browser as far as the provider needs one: keeps its cookies, follows it around, and fills its forms in. */
export class ProviderBrowser {
  readonly #cookies = new Map<string, string>();

  /**
   * Signs in under a name and agrees; gives the address, at another origin, to which the provider sends back in the end.
   *
   * @param cancel goes away where the provider asks for a name
   */
  async signIn(url: string, login: string, { cancel = false } = {}): Promise<URL> {
    const { origin } = new URL(url);
    let answer = await this.#go(url);
    for (let hops = 0; hops < 20; hops += 1) {
      const location = answer.headers.get("location");
      if (location !== null) {
        const next = new URL(location, answer.url || url);
        if (next.origin !== origin) return next;
        answer = await this.#go(next.href);
        continue;
      }
      const page = await answer.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) throw new Error(`the provider shows no form: ${page.slice(0, 500)}`);
      if (cancel) {
        answer = await this.#go(new URL(`${new URL(action, origin).pathname}/abort`, origin).href);
      } else {
        const prompt = page.includes('name="login"') ? "login" : "consent";
        answer = await this.#go(new URL(action, origin).href, new URLSearchParams({ prompt, login, password: "any" }));
      }
    }
    throw new Error("the provider sends in circles");
  }

  async #go(url: string, form?: URLSearchParams): Promise<Response> {
    const response = await fetch(url, {
      redirect: "manual",
      method: form ? "POST" : "GET",
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}
