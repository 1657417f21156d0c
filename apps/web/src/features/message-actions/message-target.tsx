import type { Message } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { type MouseEvent, type PointerEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AskForMenu, boxOf, useMenuOpeners } from "./menu-openers.ts";
import { useMessageControl, useMessageModes } from "./message-control.ts";
import { MessageToolbar } from "./message-toolbar.tsx";
import { type ToolbarPlace, isBeside, toolbarPlace } from "./toolbar-place.ts";
import { messageMark } from "./walk-messages.ts";

interface MessageTargetProps {
  readonly message: Message;
  readonly isOwn: boolean;
  /** Who speaks, for screen readers. */
  readonly name: string;
  readonly className: string;
  /** What stands beside the bubble, before it. */
  readonly before?: ReactNode;
  readonly columnClassName: string;
  readonly children: ReactNode;
}

/**
 * A message's row as something to act on: with the pointer by the toolbar or the right button, with a finger by resting
 * on it, with the keyboard by Enter or the menu key. While several are picked, every one of these picks it.
 */
export function MessageTarget(props: MessageTargetProps) {
  const { message, isOwn, name, className, before, columnClassName, children } = props;
  const { t } = useTranslation();
  const control = useMessageControl();
  const { selection } = useMessageModes();
  const [isHovered, setHovered] = useState(false);
  const [place, setPlace] = useState<ToolbarPlace>("beside");
  const [isHeld, setHeld] = useState(false);
  const isPicking = selection !== null;
  const isPicked = selection?.has(message.seq) ?? false;

  const ask: AskForMenu = (row, anchor, as) => {
    setHovered(false);
    if (isPicking) control.toggle(message);
    else control.openMenu({ message, anchor, as, returnTo: row });
  };
  const openers = useMenuOpeners(ask, isPicking);
  const click = (event: MouseEvent<HTMLElement>) => {
    if (!isPicking) return;
    event.preventDefault();
    event.stopPropagation();
    control.toggle(message);
  };

  const toolbar = !isPicking && (isHovered || isHeld) && (
    <MessageToolbar
      message={message}
      isOwn={isOwn}
      place={place}
      onHold={setHeld}
      openMenu={(button) => {
        const row = button.closest<HTMLElement>("[data-message]");
        if (row !== null) ask(row, boxOf(button), "menu");
      }}
    />
  );

  return (
    // The row is an article that its list's arrow keys reach; what it offers is in its menu, toolbar and checkbox too.
    <div
      {...messageMark}
      {...openers}
      role={isPicking ? "checkbox" : "article"}
      aria-checked={isPicking ? isPicked : undefined}
      aria-label={isPicking ? t("actions.pick", { name }) : name}
      tabIndex={-1}
      className={clsx(
        "relative rounded-md transition-colors focus-visible:-outline-offset-2 touch:select-none",
        isPicking && "cursor-pointer hover:bg-hover",
        isPicking && !isOwn && "pl-14",
        isPicked && "bg-accent-tint",
        className,
      )}
      onPointerMove={(event: PointerEvent<HTMLElement>) => {
        openers.onPointerMove(event);
        // Rows that scroll by under a resting pointer enter it, too, but are not what it points at.
        if (event.pointerType !== "mouse" || isHovered) return;
        if (!isHeld) setPlace(toolbarPlace(event.currentTarget, isOwn));
        setHovered(true);
      }}
      onPointerLeave={() => setHovered(false)}
      onClickCapture={click}
    >
      {isPicking && (
        <span
          aria-hidden
          className={clsx(
            "absolute top-1/2 left-4 flex size-6 -translate-y-1/2 items-center justify-center rounded-full border",
            isPicked ? "border-accent bg-accent text-on-accent" : "border-line-strong",
          )}
        >
          {isPicked && <Check className="size-4" strokeWidth={2.5} />}
        </span>
      )}
      {before}
      <div data-column className={clsx("relative", columnClassName)}>
        {children}
        {isBeside(place) && toolbar}
      </div>
      {!isBeside(place) && toolbar}
    </div>
  );
}
