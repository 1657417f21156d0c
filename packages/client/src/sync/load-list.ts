import type { ConversationId, Seq } from "@im-webapp/protocol";
import { unavailable } from "../errors.ts";
import type { Call } from "../transport/link.ts";
import type { TimelineStore } from "./timeline-store.ts";

/** Conversations of one page of the list; each may carry its newest message, so less than the limit allows. */
const LIST_PAGE = 200;

/** Takes the conversation list over, and with it, when there is no other, the cursor that it gives. */
export async function loadList(timeline: TimelineStore, call: Call): Promise<void> {
  const adopt = timeline.position.cursor === null;
  const listed = new Set<ConversationId>();
  let cursor: Seq = 0;
  for (let page: string | undefined, more = true; more;) {
    const request = { limit: LIST_PAGE, ...(page !== undefined && { page }) };
    const answer = await call("sync:bootstrap", request);
    for (const { conversationId } of answer.conversations) listed.add(conversationId);
    await timeline.list(answer.conversations);
    cursor = answer.cursor;
    ({ page, more } = answer);
    if (more && page === undefined) throw unavailable("protocol", "A page that leads nowhere");
  }
  await timeline.completeList(adopt ? { cursor, listed } : undefined);
}
