import type { ConversationView } from "@im-webapp/client";
import type { Seq } from "@im-webapp/protocol";
import { useCallback, useEffect, useRef } from "react";
import { useClient } from "@im-webapp/react";

/** How far somebody has read is told at most this often, in milliseconds: each time is an entry for all who see receipts. */
const TELL_EVERY_MS = 2_000;

/**
 * Moves what is read along with what has been on the screen, so that whoever leaves in the middle of much that is new comes
 * back to that place. Only without a gap: what somebody has leapt over stays unread. Tell the function it gives which
 * messages are on the screen.
 */
export function useReadAlong({
  conversationId,
  readSeq,
}: Pick<ConversationView, "conversationId" | "readSeq">): (first: Seq, last: Seq) => void {
  const client = useClient();
  const reached = useRef(readSeq);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const tell = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    void client.markRead(conversationId, reached.current);
  }, [client, conversationId]);

  // Whoever leaves in between has read so far all the same.
  useEffect(() => () => void (timer.current !== undefined && tell()), [tell]);

  return useCallback(
    (first, last) => {
      const from = Math.max(reached.current, readSeq);
      if (first > from + 1 || last <= from) return;
      reached.current = last;
      timer.current ??= setTimeout(tell, TELL_EVERY_MS);
    },
    [readSeq, tell],
  );
}
