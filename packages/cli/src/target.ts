import type { ImClient } from "@im-webapp/client";
import type { ConversationId } from "@im-webapp/protocol";
import { titleOf } from "./lines.ts";

/**
 * The conversation that a word names: its id or title, else the direct one with the user of that name.
 *
 * @throws {Error} when it names none, or several
 */
export async function conversationOf(client: ImClient, word: string): Promise<ConversationId> {
  const state = client.getState();
  const named = state.conversations.filter(
    (conversation) => conversation.conversationId === word || titleOf(state, conversation) === word,
  );
  const [only, another] = named;
  if (another) throw new Error(`${named.length} conversations are called ${word}: use one of the ids ${ids(named)}`);
  if (only) return only.conversationId;
  const { users } = await client.findUsers(word);
  const user = users.find(({ username }) => username === word);
  if (!user) throw new Error(`there is neither a conversation nor a user called ${word}`);
  return client.openDirect(user.userId);
}

function ids(conversations: readonly { conversationId: ConversationId }[]): string {
  return conversations.map(({ conversationId }) => conversationId).join(", ");
}
