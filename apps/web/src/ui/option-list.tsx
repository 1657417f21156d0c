import { clsx } from "clsx";
import { type ReactNode, useEffect, useRef } from "react";
import { optionId } from "./use-options.ts";

interface OptionListProps<T> {
  /** As `useOptions` has it. */
  readonly id: string;
  readonly label: string;
  readonly options: readonly T[];
  readonly keyOf: (option: T) => string;
  /** The place of the one that Enter takes. */
  readonly active: number;
  readonly onPick: (option: T) => void;
  readonly className: string;
  readonly optionClassName: string;
  /** One of them. */
  readonly children: (option: T) => ReactNode;
}

/** What a field offers while it keeps the focus and the keys; here for the pointer and for screen readers. */
export function OptionList<T>(props: OptionListProps<T>) {
  const { id, label, options, keyOf, active, onPick, className, optionClassName, children } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className={clsx("scroll-pane", className)}>
      {options.map((option, place) => (
        <button
          key={keyOf(option)}
          id={optionId(id, place)}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={place === active}
          className={clsx(
            "flex w-full items-center gap-3 px-2 text-left text-base hover:bg-hover",
            place === active && "bg-selected",
            optionClassName,
          )}
          // The field must not lose the focus, and with it the place of the caret.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
        >
          {children(option)}
        </button>
      ))}
    </div>
  );
}
