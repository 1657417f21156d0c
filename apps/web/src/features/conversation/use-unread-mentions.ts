import type { ConversationView } from "@im-webapp/client";
import type { Seq } from "@im-webapp/protocol";
import { useCallback, useState } from "react";

const NONE: Seq[] = [];

export interface UnreadMentions {
  /** Those that were unread when they became known and have not been on the screen since, ascending. */
  readonly seqs: readonly Seq[];
  /** The messages between these are on the screen. */
  readonly seen: (first: Seq, last: Seq) => void;
}

/**
 * The mentions of this person that are still to be looked at. A conversation is read as a whole when its end is in view,
 * which says nothing of what stands above; so these are kept until they have been on the screen.
 */
export function useUnreadMentions({ mentionSeqs = NONE }: Pick<ConversationView, "mentionSeqs">): UnreadMentions {
  const [seqs, setSeqs] = useState<readonly Seq[]>(mentionSeqs);
  const [known, setKnown] = useState<readonly Seq[]>(mentionSeqs);
  if (known !== mentionSeqs) {
    setKnown(mentionSeqs);
    const fresh = mentionSeqs.filter((seq) => !known.includes(seq) && !seqs.includes(seq));
    if (fresh.length > 0) setSeqs([...seqs, ...fresh].toSorted((a, b) => a - b));
  }
  const seen = useCallback((first: Seq, last: Seq) => {
    setSeqs((held) => {
      const left = held.filter((seq) => seq < first || seq > last);
      return left.length === held.length ? held : left;
    });
  }, []);
  return { seqs, seen };
}
