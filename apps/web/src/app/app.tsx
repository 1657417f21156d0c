import type { ComponentProps } from "react";
import { RouterProvider } from "react-router/dom";
import { type Client, ClientProvider } from "@im-webapp/react";

interface AppProps {
  readonly client: Client;
  readonly router: ComponentProps<typeof RouterProvider>["router"];
}

/** The whole screen, on one client and one router. */
export function App({ client, router }: AppProps) {
  return (
    <ClientProvider value={client}>
      <RouterProvider router={router} />
    </ClientProvider>
  );
}
