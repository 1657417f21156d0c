import type { ConversationView, MessageWindow } from "@im-webapp/client";
import type { Me } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useActorName } from "../../app/names.ts";
import { recalledText } from "../message-actions/recalled-texts.ts";
import { systemText } from "./system-text.ts";
import { MessageRow } from "./message-row.tsx";
import { isSameState, type MessageState, outgoingState, sentState } from "./message-state.ts";
import { OutgoingRow } from "./outgoing-row.tsx";
import { RecalledMark } from "./recalled-mark.tsx";
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

function stateOf(
  item: TimelineItem | undefined,
  { conversation, window, me }: Pick<TimelineRowProps, "conversation" | "window" | "me">,
): MessageState | undefined {
  if (item?.kind === "outgoing") return outgoingState(item.outgoing);
  if (item?.kind !== "message") return undefined;
  if (window.changing.has(item.message.seq)) return { kind: "changing" };
  return item.message.senderId === me.userId ? sentState(item.message, conversation) : undefined;
}

/** One row of a conversation. */
export function TimelineRow(props: TimelineRowProps) {
  const { item, next, conversation, window, me } = props;
  const { t, i18n } = useTranslation();
  const client = useClient();
  const actorName = useActorName();
  switch (item.kind) {
    case "head":
      return <TimelineHead conversation={conversation} window={window} />;
    case "day":
      return <DayMark at={item.at} />;
    case "unread":
      return <UnreadMark />;
    case "system":
      if (item.content.event === "message.recalled") {
        return (
          <RecalledMark
            content={item.content}
            isChanging={window.changing.has(item.seq)}
            text={
              item.content.by === me.userId
                ? recalledText(client, me.userId, conversation.conversationId, item.seq)
                : undefined
            }
          />
        );
      }
      return (
        <SystemMark
          text={systemText(item.content, actorName, t, i18n.language)}
          isChanging={window.changing.has(item.seq)}
        />
      );
    case "outgoing":
      return (
        <OutgoingRow outgoing={item.outgoing} ownName={me.displayName} isFirst={item.isFirst} isLast={item.isLast} />
      );
    case "message": {
      const state = stateOf(item, props);
      const below = item.isLast ? undefined : stateOf(next, props);
      // Between messages of another, who has no states, a change of one is a state of its own.
      const isDifferent = state !== undefined && (below === undefined || !isSameState(state, below));
      return (
        <MessageRow
          message={item.message}
          isOwn={item.message.senderId === me.userId}
          isFirst={item.isFirst}
          isLast={item.isLast}
          conversation={conversation}
          state={state}
          showsMeta={item.isLast || isDifferent}
        />
      );
    }
  }
}
