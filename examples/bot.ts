/** A bot that answers. `npx tsx examples/bot.ts http://localhost:7001 echo a-long-password` */
import { ImClient, ImError } from "@im-webapp/client";

const [url = "http://localhost:7001", username = "echo", password = ""] = process.argv.slice(2);
const client = new ImClient({ url, deviceName: "bot" });
await client.start();
await client.login({ username, password }).catch((error: unknown) => {
  if (!(error instanceof ImError) || error.code !== "UNAUTHENTICATED") throw error;
  return client.register({ username, password, displayName: username });
});
console.log(`${username} listens at ${url}`);

// A conversation changes with each message in it; what is unread was not answered yet, also after a night offline.
client.select(
  (state) => state.conversations,
  (conversations) => {
    for (const { conversationId, lastMessage, unread } of conversations) {
      if (unread > 0 && lastMessage) answer(conversationId, lastMessage).catch(console.error);
    }
  },
);

type LastMessage = NonNullable<ReturnType<typeof client.getState>["conversations"][number]["lastMessage"]>;

async function answer(conversationId: string, { seq, senderId, content }: LastMessage): Promise<void> {
  await client.markRead(conversationId, seq);
  if (content.kind !== "text" || senderId === client.getState().me?.userId) return;
  await client.send({ conversationId, content: { kind: "text", text: `You said: ${content.text}` } });
}

process.once("SIGINT", () => void client.close().then(() => process.exit(0)));
