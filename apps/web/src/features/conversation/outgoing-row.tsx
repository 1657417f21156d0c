import type { OutgoingMessage } from "@im-webapp/client";
import { isOutgoingMedia, isOutgoingPicture, OutgoingMedia } from "../media/outgoing-media.tsx";
import { Bubble } from "./bubble.tsx";
import { MessageFrame } from "./message-row.tsx";
import { outgoingState } from "./message-state.ts";
import { FailedNote, UploadNote } from "./outgoing-note.tsx";
import type { GroupPlace } from "./timeline-items.ts";

interface OutgoingRowProps extends GroupPlace {
  readonly outgoing: OutgoingMessage;
  readonly ownName: string;
}

/** An own message that the server has not taken yet. One that it refused can be tried again or thrown away. */
export function OutgoingRow({ outgoing, ownName, isFirst, isLast }: OutgoingRowProps) {
  const { conversationId, replyTo, status } = outgoing;
  return (
    <MessageFrame isOwn isFirst={isFirst} isLast={isLast} name={ownName} said={outgoing}>
      <Bubble
        content={outgoing.content}
        carried={
          isOutgoingMedia(outgoing)
            ? { body: <OutgoingMedia message={outgoing} />, fills: isOutgoingPicture(outgoing) }
            : undefined
        }
        at={outgoing.createdAt}
        mentions={outgoing.mentions}
        answers={replyTo === undefined ? undefined : { conversationId, seq: replyTo }}
        isOwn
        isFirst={isFirst}
        isLast={isLast}
        state={outgoingState(outgoing)}
        showsMeta
      />
      {status === "failed" ? <FailedNote outgoing={outgoing} /> : <UploadNote outgoing={outgoing} />}
    </MessageFrame>
  );
}
