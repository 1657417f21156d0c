import { createContext, use } from "react";
import type { Client } from "./client-api.ts";

export const ClientContext = createContext<Client | null>(null);

/** The one client of this page. Throws outside of its provider, which is a mistake in the code. */
export function useClient(): Client {
  const client = use(ClientContext);
  if (client === null) throw new Error("useClient is called outside of ClientContext");
  return client;
}
