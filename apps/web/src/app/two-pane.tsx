import { clsx } from "clsx";
import { type ReactNode, useRef } from "react";
import { PHONE, useMediaQuery } from "../lib/use-media-query.ts";
import { useListWidth } from "./list-width.ts";
import { ListResizer } from "./list-resizer.tsx";
import { usePaneFocus } from "./use-pane-focus.ts";

interface TwoPaneProps {
  readonly listLabel: string;
  readonly list: ReactNode;
  /** The chosen one of the list, or what stands there when none is. */
  readonly children: ReactNode;
  /** Whether the address names one of the list. On a phone this decides which of the two is seen. */
  readonly isChosen: boolean;
}

/**
 * A list with what is chosen from it. Beside each other, or on a phone one at a time; the other stays mounted, so that
 * coming back finds the list where it was.
 */
export function TwoPane({ listLabel, list, children, isChosen }: TwoPaneProps) {
  const isPhone = useMediaQuery(PHONE);
  const width = useListWidth();
  const frame = useRef<HTMLDivElement>(null);
  usePaneFocus(frame, isPhone, isChosen);
  const listIsMain = isPhone && !isChosen;
  return (
    <div ref={frame} className="flex min-h-0 min-w-0 flex-1">
      <div
        role={listIsMain ? "main" : "region"}
        id={listIsMain ? "main" : undefined}
        aria-label={listLabel}
        tabIndex={-1}
        style={{ "--list": `${width.value}px` }}
        className={clsx(
          "relative flex min-h-0 flex-col border-line bg-surface pt-safe-top outline-none",
          "max-sm:min-w-0 max-sm:flex-1 sm:w-list-narrow sm:shrink-0 sm:border-r lg:w-list",
          isChosen && "max-sm:hidden",
        )}
      >
        {list}
        <ListResizer width={width} />
      </div>
      <div
        role={listIsMain ? undefined : "main"}
        id={listIsMain ? undefined : "main"}
        tabIndex={-1}
        className={clsx("flex min-h-0 min-w-0 flex-1 flex-col bg-ground outline-none", !isChosen && "max-sm:hidden")}
      >
        {children}
      </div>
    </div>
  );
}
