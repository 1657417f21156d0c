import type { ConversationView, MessageWindow } from "@im-webapp/client";
import type { Me } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { useActorName } from "../../app/names.ts";
import { systemText } from "./content-text.ts";
import { MessageRow } from "./message-row.tsx";
import { isSameState, type MessageState, outgoingState, sentState } from "./message-state.ts";
import { OutgoingRow } from "./outgoing-row.tsx";
import { TimelineHead } from "./timeline-head.tsx";
import type { TimelineItem } from "./timeline-items.ts";
import { DayMark, SystemMark, UnreadMark } from "./timeline-marks.tsx";

interface TimelineRowProps {
  readonly item: TimelineItem;
  /** The row below. */
  readonly next: TimelineItem | undefined;
  readonly conversation: ConversationView;
  readonly window: MessageWindow;
  readonly me: Me;
}

function ownStateOf(item: TimelineItem | undefined, conversation: ConversationView, me: Me): MessageState | undefined {
  if (item?.kind === "outgoing") return outgoingState(item.outgoing);
  if (item?.kind === "message" && item.message.senderId === me.userId) return sentState(item.message, conversation);
  return undefined;
}

/** One row of a conversation. */
export function TimelineRow({ item, next, conversation, window, me }: TimelineRowProps) {
  const { t, i18n } = useTranslation();
  const actorName = useActorName();
  switch (item.kind) {
    case "head":
      return <TimelineHead conversation={conversation} window={window} />;
    case "day":
      return <DayMark at={item.at} />;
    case "unread":
      return <UnreadMark />;
    case "system":
      return <SystemMark text={systemText(item.content, actorName, t, i18n.language)} />;
    case "outgoing":
      return (
        <OutgoingRow outgoing={item.outgoing} ownName={me.displayName} isFirst={item.isFirst} isLast={item.isLast} />
      );
    case "message": {
      const state = ownStateOf(item, conversation, me);
      const below = item.isLast ? undefined : ownStateOf(next, conversation, me);
      const isDifferent = state !== undefined && below !== undefined && !isSameState(state, below);
      return (
        <MessageRow
          message={item.message}
          isOwn={item.message.senderId === me.userId}
          isFirst={item.isFirst}
          isLast={item.isLast}
          conversationType={conversation.type}
          state={state}
          showsMeta={item.isLast || isDifferent}
        />
      );
    }
  }
}
