import type { Message } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Anchor, type OpenMenu, useMessageControl, useMessageModes } from "./message-control.ts";
import { MessageToolbar } from "./message-toolbar.tsx";
import { useLongPress } from "./use-long-press.ts";
import { messageMark, walkMessages } from "./walk-messages.ts";

/** Room that the toolbar needs above a bubble, in pixels. */
const TOOLBAR_PX = 48;

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

function boxOf(element: Element): Anchor {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

/** A click that the browser has its own menu for: a link, a field, or a stretch of text that was just selected. */
function isBrowsers({ target }: MouseEvent): boolean {
  const selected = window.getSelection();
  if (target instanceof Element && target.closest("a, input, textarea") !== null) return true;
  return selected !== null && !selected.isCollapsed && target instanceof Node && selected.containsNode(target, true);
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
  const [hovered, setHovered] = useState<"no" | "above" | "below">("no");
  const [isHeld, setHeld] = useState(false);
  const isPicking = selection !== null;
  const isPicked = selection?.has(message.seq) ?? false;

  const open = (row: HTMLElement, anchor: Anchor, as: OpenMenu["as"]) => {
    setHovered("no");
    if (isPicking) control.toggle(message);
    else control.openMenu({ message, anchor, as, returnTo: row });
  };
  const bubbleOf = (row: HTMLElement) => boxOf(row.querySelector("[data-bubble]") ?? row);
  const longPress = useLongPress((row) => open(row, bubbleOf(row), "sheet"));

  const enter = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType !== "mouse") return;
    const pane = event.currentTarget.closest("[data-message-list]");
    const room = event.currentTarget.getBoundingClientRect().top - (pane?.getBoundingClientRect().top ?? 0);
    setHovered(room < TOOLBAR_PX ? "below" : "above");
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      event.stopPropagation();
      walkMessages(event.currentTarget, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Enter" || (event.key === " " && isPicking)) {
      event.preventDefault();
      open(event.currentTarget, bubbleOf(event.currentTarget), "menu");
    }
  };
  const contextMenu = (event: MouseEvent<HTMLElement>) => {
    const isTouch = event.nativeEvent instanceof window.PointerEvent && event.nativeEvent.pointerType === "touch";
    if (!isTouch && isBrowsers(event)) return;
    event.preventDefault();
    // A finger's resting is what opens the sheet; the browser calls it a context menu, too.
    if (isTouch) return;
    const { clientX: left, clientY: top, currentTarget } = event;
    open(currentTarget, { left, top, width: 0, height: 0 }, "menu");
  };
  const click = (event: MouseEvent<HTMLElement>) => {
    if (!isPicking) return;
    event.preventDefault();
    event.stopPropagation();
    control.toggle(message);
  };

  return (
    // The row is an article that its list's arrow keys reach; what it offers is in its menu, toolbar and checkbox too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      {...messageMark}
      {...longPress}
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
      onPointerEnter={enter}
      onPointerLeave={() => setHovered("no")}
      onKeyDown={press}
      onContextMenu={contextMenu}
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
      <div className={clsx("relative", columnClassName)}>
        {children}
        {!isPicking && (hovered !== "no" || isHeld) && (
          <MessageToolbar
            message={message}
            isOwn={isOwn}
            isBelow={hovered === "below"}
            onHold={setHeld}
            openMenu={(button) => {
              const row = button.closest<HTMLElement>("[data-message]");
              if (row !== null) open(row, boxOf(button), "menu");
            }}
          />
        )}
      </div>
    </div>
  );
}
