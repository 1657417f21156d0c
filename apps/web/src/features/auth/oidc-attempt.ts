import type { Client } from "@im-webapp/react";

/** Where the provider sends the browser back to; it must be registered there. */
const OIDC_RETURN_PATH = "/sign-in/oidc";

/** Of this tab alone, and gone with it: another tab, or another site, cannot finish what this one began. */
const STORAGE_KEY = "im-webapp.oidc";

/** A sign-in at the provider that this tab has begun. */
export interface OidcAttempt {
  readonly state: string;
  /** `link`: for the account that is signed in. */
  readonly purpose: "signIn" | "link";
  /** An address of this app to go on to. */
  readonly returnTo: string;
}

/** Sends the browser to the provider. Rejects when that cannot begin; otherwise the page is left. */
export async function beginOidc(client: Client, { purpose, returnTo }: Omit<OidcAttempt, "state">): Promise<void> {
  const { url, state } = await client.security.startOidc(location.origin + OIDC_RETURN_PATH);
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ state, purpose, returnTo } satisfies OidcAttempt));
  location.assign(url);
}

/** The attempt that this tab has begun, once. */
export function takeOidcAttempt(): OidcAttempt | null {
  const text = sessionStorage.getItem(STORAGE_KEY);
  sessionStorage.removeItem(STORAGE_KEY);
  // Only `beginOidc` writes it.
  return text === null ? null : (JSON.parse(text) as OidcAttempt);
}
