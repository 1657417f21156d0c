import type { ConversationId, Seq } from "@im-webapp/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useClient } from "@im-webapp/react";
import { conversationPath, leapOf } from "./conversation-path.ts";

/** Where the list of messages begins to be read. */
export interface Opening {
  /** Another one each time that somebody goes to another place, for which the list starts anew. */
  readonly key: string;
  /** A message that was asked for, the first unread one, or the end. */
  readonly at: "message" | "unread" | "end";
  /** The message that was asked for. */
  readonly seq: Seq | null;
}

interface OpeningControl {
  readonly opening: Opening;
  /** Leaves the place, in the address too, for the newest messages. */
  readonly toEnd: () => void;
}

/** Moves the window of an open conversation to the message that the address names, and back to the end. */
export function useOpening(conversationId: ConversationId, seq: Seq | null): OpeningControl {
  const client = useClient();
  const navigate = useNavigate();
  const location = useLocation();
  const { search } = location;
  const [leaps, setLeaps] = useState(0);
  const isAway = useRef(false);
  const leap = leapOf(location.state);
  const [place, setPlace] = useState({ seq, leap });
  if (place.seq !== seq || (leap !== undefined && leap !== place.leap)) setPlace({ seq, leap });

  useEffect(() => {
    if (seq !== null) void client.showAround(conversationId, seq);
    else if (isAway.current) void client.showNewest(conversationId);
    isAway.current = seq !== null;
  }, [client, conversationId, seq, place]);

  const toEnd = useCallback(() => {
    // Before anything is rendered, so that the list never starts anew on what it leaves.
    void client.showNewest(conversationId);
    setLeaps((count) => count + 1);
    if (seq !== null) void navigate({ pathname: conversationPath(conversationId), search }, { replace: true });
  }, [client, conversationId, navigate, search, seq]);

  const opening: Opening =
    seq === null
      ? { key: `leap:${leaps}`, at: leaps === 0 ? "unread" : "end", seq }
      : { key: `message:${seq}:${place.leap ?? 0}`, at: "message", seq };
  return { opening, toEnd };
}
