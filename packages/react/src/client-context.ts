import type { ImClient } from "@im-webapp/client";
import { createContext, useContext } from "react";

/** What components need of the client library: its public methods, without the class behind them. */
export type Client = Pick<ImClient, keyof ImClient>;

const ClientContext = createContext<Client | null>(null);

/** Gives its children their client: `<ClientProvider value={client}>`. The client is started and closed by its maker. */
export const ClientProvider = ClientContext.Provider;

/**
 * The client of the nearest `ClientProvider`.
 *
 * @throws {Error} outside of one
 */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error("useClient is called outside of a ClientProvider");
  return client;
}
