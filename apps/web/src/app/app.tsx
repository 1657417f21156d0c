import type { ComponentProps } from "react";
import { RouterProvider } from "react-router/dom";
import type { Client } from "./client-api.ts";
import { ClientContext } from "./client-context.ts";

interface AppProps {
  readonly client: Client;
  readonly router: ComponentProps<typeof RouterProvider>["router"];
}

/** The whole screen, on one client and one router. */
export function App({ client, router }: AppProps) {
  return (
    <ClientContext value={client}>
      <RouterProvider router={router} />
    </ClientContext>
  );
}
