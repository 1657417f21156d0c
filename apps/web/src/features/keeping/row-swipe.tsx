import type { ConversationView } from "@im-webapp/client";
import { clsx } from "clsx";
import { Bell, BellOff, EyeOff, type LucideIcon, MailCheck, MailOpen, Pin, PinOff } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { peerOf } from "../conversation/placeholder.ts";
import { useKeeping } from "./use-keeping.ts";
import { useSwipe } from "./use-swipe.ts";

/** Width of one action in pixels: `w-16`. */
const ACTION_PX = 64;
const ACTIONS = 4;

interface ActionProps {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly className: string;
  readonly onPress: () => void;
}

function Action({ icon: Icon, text, className, onPress }: ActionProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      className={clsx(
        "flex h-full w-16 shrink-0 flex-col items-center justify-center gap-0.5 text-xs active:opacity-80",
        className,
      )}
    >
      <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      <span className="max-w-full truncate px-0.5">{text}</span>
    </button>
  );
}

interface ActionsProps {
  readonly conversation: ConversationView;
  /** Covered, they are there for nobody; but not before the row has come back over them. */
  readonly isCovered: boolean;
  readonly onDone: () => void;
}

function Actions({ conversation, isCovered, onDone }: ActionsProps) {
  const { t } = useTranslation();
  const keeping = useKeeping(conversation);
  const { pinned, muted } = conversation;
  const then = (act: () => void) => () => {
    onDone();
    act();
  };
  return (
    <div
      role="group"
      aria-label={t("keeping.menu")}
      className={clsx("absolute inset-y-0 right-0 flex transition-[visibility]", isCovered && "invisible")}
    >
      <Action
        icon={keeping.isUnread ? MailOpen : MailCheck}
        text={t(keeping.isUnread ? "keeping.swipe.read" : "keeping.swipe.unread")}
        className="bg-accent text-on-accent"
        onPress={then(keeping.isUnread ? keeping.markRead : keeping.markUnread)}
      />
      <Action
        icon={pinned ? PinOff : Pin}
        text={t(pinned ? "keeping.swipe.unpin" : "keeping.swipe.pin")}
        className="bg-accent-tint text-accent-ink"
        onPress={then(() => keeping.set({ pinned: !pinned }))}
      />
      <Action
        icon={muted ? Bell : BellOff}
        text={t(muted ? "keeping.swipe.unmute" : "keeping.swipe.mute")}
        className="bg-canvas text-ink"
        onPress={then(() => keeping.set({ notify: muted ? 0 : 1 }))}
      />
      <Action
        icon={EyeOff}
        text={t("keeping.swipe.hide")}
        className="bg-danger text-on-danger"
        onPress={then(keeping.hide)}
      />
    </div>
  );
}

interface RowSwipeProps {
  readonly conversation: ConversationView;
  /** The row. */
  readonly children: ReactNode;
}

/** A row that a finger pushes to the left, to what is done most with a chat. The row's menu has all of it as well. */
export function RowSwipe({ conversation, children }: RowSwipeProps) {
  const { offset, isDragging, wasMoved, close, ref, handlers, onRowClick } = useSwipe(ACTION_PX * ACTIONS);
  // The server does not have it yet, and cannot keep anything of it.
  if (peerOf(conversation.conversationId) !== null) return children;
  return (
    <div ref={ref} {...handlers} className={clsx("relative rounded-md", wasMoved && "overflow-hidden")}>
      {wasMoved && <Actions conversation={conversation} isCovered={offset === 0} onDone={close} />}
      <div
        onClickCapture={onRowClick}
        style={wasMoved ? { translate: `${offset}px` } : undefined}
        className={clsx("relative", wasMoved && "bg-surface", !isDragging && "transition-[translate]")}
      >
        {children}
      </div>
    </div>
  );
}
