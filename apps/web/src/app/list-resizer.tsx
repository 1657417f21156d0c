import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { LIST_WIDTH, type ListWidth } from "./list-width.ts";

/** How far one press of an arrow key moves the edge, in pixels. */
const STEP = 16;

/** The edge of the list on wide screens: drag it, move it with the arrow keys, double-click for the usual width. */
export function ListResizer({ width }: { readonly width: ListWidth }) {
  const { t } = useTranslation();

  const press = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    width.set(width.value + move);
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const edge = event.currentTarget;
    if (!edge.hasPointerCapture(event.pointerId)) return;
    const left = edge.parentElement?.getBoundingClientRect().left ?? 0;
    width.set(event.clientX - left);
  };

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t("chats.resize")}
      aria-valuenow={width.value}
      aria-valuemin={LIST_WIDTH.least}
      aria-valuemax={LIST_WIDTH.most}
      tabIndex={0}
      className="group absolute inset-y-0 -right-1.5 z-10 hidden w-3 cursor-col-resize touch-none outline-none lg:block"
      onKeyDown={press}
      onDoubleClick={() => width.set(LIST_WIDTH.usual)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    >
      <span className="mx-auto block h-full w-0.5 bg-transparent transition-colors group-hover:bg-line-strong group-focus-visible:bg-accent group-active:bg-accent" />
    </div>
  );
}
