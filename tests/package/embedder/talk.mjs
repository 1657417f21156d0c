import { ImClient } from "@im-webapp/client";

const [url, password] = process.argv.slice(2);
const client = new ImClient({ url, deviceName: "embedder" });
await client.start();
const me = await client.register({ username: "packed", password, displayName: "packed" });
const conversationId = await client.openDirect(me.userId);
client.openConversation(conversationId);
await client.send({ conversationId, content: { kind: "text", text: "hello from an empty project" } });
await new Promise((resolve) => {
  const end = client.subscribe(() => {
    const message = client.getState().windows.get(client.resolveConversationId(conversationId))?.messages.at(-1);
    if (!message) return;
    console.log(
      `${client.getState().users.get(message.senderId)?.displayName ?? me.displayName}: ${message.content.text}`,
    );
    end();
    resolve();
  });
});
await client.close();
