import type { AccountSnapshot, AccountStore } from "./local-store.ts";

/**
 * Puts all of an account but its messages into a store that has nothing of it. What waits comes first and the epoch last,
 * so that one who finds the work half done, because it was cut short or because another tab does it, does it as well.
 */
export async function fill(store: AccountStore, held: AccountSnapshot): Promise<void> {
  // What is there stays in its place: whoever does this again may have room for a part of it only.
  const waiting = new Set((await store.pending()).outgoing.map(({ clientMessageId }) => clientMessageId));
  for (const outgoing of held.outgoing) if (!waiting.has(outgoing.clientMessageId)) await store.enqueue(outgoing);
  for (const mark of held.reads) await store.putRead(mark);
  await store.updateChanges((stored) => {
    const ids = new Set(held.changes.map(({ id }) => id));
    return [...held.changes, ...stored.filter(({ id }) => !ids.has(id))];
  });
  for (const draft of held.drafts) await store.putDraft(draft);
  const { epoch, cursor, complete } = held.position;
  if (epoch !== null) {
    await store.reset(epoch);
    await store.putConversations(epoch, held.conversations);
    await store.putPeople(epoch, held.people, []);
  }
  await store.putUsers(held.users);
  // Without a cursor, or with a list that has holes, the list is asked for again.
  if (epoch === null || cursor === null || !complete) return;
  const listed = new Set(held.conversations.map(({ conversation }) => conversation.conversationId));
  await store.completeList(epoch, { cursor, listed });
}
