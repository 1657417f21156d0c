import type { AccountSnapshot, AccountStore } from "./local-store.ts";

/** Puts all of an account but its messages into a store that has nothing of it. */
export async function fill(store: AccountStore, held: AccountSnapshot): Promise<void> {
  const { epoch, cursor, complete } = held.position;
  if (epoch !== null) {
    await store.reset(epoch);
    await store.putConversations(epoch, held.conversations);
    // Without a cursor, or with a list that has holes, the list is asked for again.
    if (cursor !== null && complete) {
      const listed = new Set(held.conversations.map(({ conversation }) => conversation.conversationId));
      await store.completeList(epoch, { cursor, listed });
    }
  }
  for (const outgoing of held.outgoing) await store.enqueue(outgoing);
  for (const mark of held.reads) await store.putRead(mark);
  if (held.changes.length > 0) await store.updateChanges(() => held.changes);
  for (const draft of held.drafts) await store.putDraft(draft);
  await store.putUsers(held.users);
}
