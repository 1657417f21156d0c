import { ImClient } from "@im-webapp/client";

const client = new ImClient({
  url: new URLSearchParams(location.search).get("server") ?? "http://localhost:7001",
  deviceName: "page",
});
const part = (id: string) => document.getElementById(id) as HTMLElement;
const field = (form: HTMLFormElement, name: string) => (form.elements.namedItem(name) as HTMLInputElement).value;
let open: string | undefined;

/** Runs on submit, and shows what went wrong. */
function onSubmit(id: string, work: (form: HTMLFormElement) => Promise<void>): void {
  const form = part(id) as HTMLFormElement;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    work(form).catch((error: unknown) => (part("status").textContent = String(error)));
  });
}

onSubmit("login", async (form) => {
  await client.login({ username: field(form, "username"), password: field(form, "password") });
});

onSubmit("chat", async (form) => {
  const { users } = await client.findUsers(field(form, "to"));
  const user = users.find(({ username }) => username === field(form, "to"));
  if (!user) throw new Error("there is nobody of that name");
  const conversationId = await client.openDirect(user.userId);
  if (open !== conversationId) client.openConversation((open = conversationId));
  await client.send({ conversationId, content: { kind: "text", text: field(form, "text") } });
  (form.elements.namedItem("text") as HTMLInputElement).value = "";
});

client.subscribe(() => {
  const { connection, me, windows, users } = client.getState();
  part("status").textContent = me ? `${me.displayName}, ${connection.status}` : "";
  part("login").hidden = me !== null;
  part("chat").hidden = me === null;
  const window = open === undefined ? undefined : windows.get(client.resolveConversationId(open));
  const lines = [
    ...(window?.messages.map(
      ({ senderId, content }) => [users.get(senderId)?.displayName ?? senderId, content] as const,
    ) ?? []),
    ...(window?.outgoing.map(({ content, status }) => [`(${status})`, content] as const) ?? []),
  ];
  part("messages").replaceChildren(
    ...lines.map(([who, content]) => {
      const item = document.createElement("li");
      item.textContent = `${who}: ${content.kind === "text" ? content.text : `[${content.kind}]`}`;
      return item;
    }),
  );
});
await client.start();
