import type { ClientState, ConversationView } from "@im-webapp/client";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { type Client, ClientProvider, useClient, useClientState, useConversation, useMessages } from "./index.ts";

const conversation = { conversationId: "c1", title: "Team", unread: 2 } as ConversationView;

/** As much of a client as these components touch: `placeholder` has become `c1`. */
function clientWith(state: Partial<ClientState>): Client {
  const part: Partial<Client> = {
    getState: () => ({ conversations: [conversation], windows: new Map(), unreadTotal: 2, ...state }) as ClientState,
    subscribe: () => () => undefined,
    resolveConversationId: (id) => (id === "placeholder" ? "c1" : id),
  };
  return part as Client;
}

function Title({ id }: { id: string }) {
  return <b>{useConversation(id)?.title ?? "unknown"}</b>;
}

function Unread() {
  const [total] = useClientState(
    ({ unreadTotal }) => [unreadTotal],
    (a, b) => a[0] === b[0],
  );
  return <i>{total}</i>;
}

function Window() {
  return <u>{useMessages("c1") ? "open" : "not yet"}</u>;
}

it("give what components select from the state, and follow placeholders", () => {
  const page = renderToStaticMarkup(
    <ClientProvider value={clientWith({})}>
      <Title id="c1" />
      <Title id="placeholder" />
      <Title id="c2" />
      <Unread />
      <Window />
    </ClientProvider>,
  );
  expect(page).toBe("<b>Team</b><b>Team</b><b>unknown</b><i>2</i><u>not yet</u>");
});

it("say what is missing outside of a provider", () => {
  function Lost() {
    useClient();
    return null;
  }
  expect(() => renderToStaticMarkup(<Lost />)).toThrow("outside of a ClientProvider");
});
