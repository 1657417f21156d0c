import type { ConversationView, OutgoingMessage } from "@im-webapp/client";
import type { Message } from "@im-webapp/protocol";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useNameOf } from "../../app/names.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { hasReaders } from "../marks/has-readers.ts";
import { ReadersDialog } from "../marks/readers-dialog.tsx";
import { useMessageControl, useMessageModes } from "../message-actions/message-control.ts";
import { MessageTarget } from "../message-actions/message-target.tsx";
import { OutgoingTarget } from "../message-actions/outgoing-target.tsx";
import { Bubble } from "./bubble.tsx";
import type { MessageState } from "./message-state.ts";
import { Reactions } from "./reactions.tsx";
import type { GroupPlace } from "./timeline-items.ts";

interface RowProps extends GroupPlace {
  readonly isOwn: boolean;
  /** Who speaks, for screen readers on every message and for the eye on the first of a group. */
  readonly name: string;
  readonly portrait?: ReactNode;
  /** What the server has, or what it is to get. */
  readonly said: Message | OutgoingMessage;
  readonly children: ReactNode;
}

/** The place of a message on its side of the conversation. */
export function MessageFrame({ isOwn, isFirst, isLast, name, portrait, said, children }: RowProps) {
  const className = clsx(
    "group/message flex gap-2 pr-4 pt-0.5",
    isFirst && "pt-1.5",
    isLast && "pb-2",
    isOwn ? "justify-end pl-12 sm:pl-16" : "pl-4",
  );
  const columnClassName = clsx("flex min-w-0 flex-col", isOwn ? "items-end" : "items-start pr-4 sm:pr-16");
  const before = !isOwn && <div className="w-8 shrink-0">{isFirst && portrait}</div>;
  if ("messageId" in said) {
    return (
      <MessageTarget
        message={said}
        isOwn={isOwn}
        name={name}
        className={className}
        before={before}
        columnClassName={columnClassName}
      >
        <span className="sr-only">{name}</span>
        {children}
      </MessageTarget>
    );
  }
  return (
    <OutgoingTarget outgoing={said} name={name} className={className}>
      <div className={columnClassName}>
        <span className="sr-only">{name}</span>
        {children}
      </div>
    </OutgoingTarget>
  );
}

interface MessageRowProps extends GroupPlace {
  readonly message: Message;
  readonly isOwn: boolean;
  readonly conversation: ConversationView;
  readonly state: MessageState | undefined;
  readonly showsMeta: boolean;
}

/** A message that the server has. */
export function MessageRow(props: MessageRowProps) {
  const { message, isOwn, isFirst, isLast, conversation, state, showsMeta } = props;
  const nameOf = useNameOf();
  const name = nameOf(message.senderId);
  const control = useMessageControl();
  const { selection } = useMessageModes();
  const isSent = state?.kind === "sent" || state?.kind === "read";
  // While several are picked the row itself is the one control.
  const showReaders =
    isOwn && isSent && selection === null && hasReaders(message, conversation, message.senderId)
      ? () => control.show((close) => <ReadersDialog message={message} onClose={close} />)
      : undefined;
  const card = `/u/${encodeURIComponent(message.senderId)}`;
  return (
    <MessageFrame
      isOwn={isOwn}
      isFirst={isFirst}
      isLast={isLast}
      name={name}
      said={message}
      portrait={
        <Link to={card} aria-label={name} tabIndex={-1} className="hit-area block rounded-md touch:after:-inset-x-1.5">
          <Avatar id={message.senderId} name={name} className="size-8" />
        </Link>
      }
    >
      {isFirst && !isOwn && conversation.type === "group" && (
        <span aria-hidden className="mb-0.5 max-w-full truncate px-1 text-xs font-medium text-ink-muted">
          {name}
        </span>
      )}
      <Bubble
        content={message.content}
        at={message.sentAt}
        isOwn={isOwn}
        isFirst={isFirst}
        isLast={isLast}
        editedAt={message.editedAt}
        isStarred={conversation.stars?.includes(message.seq)}
        mentions={message.mentions}
        answers={
          message.replyTo === undefined ? undefined : { conversationId: message.conversationId, seq: message.replyTo }
        }
        state={state}
        onShowReaders={showReaders}
        showsMeta={showsMeta}
      />
      <Reactions message={message} />
    </MessageFrame>
  );
}
