import { clsx } from "clsx";
import type { LucideIcon } from "lucide-react";
import { Tooltip } from "radix-ui";
import type { ButtonHTMLAttributes, Ref } from "react";

/** The look of an icon's button, for what has to be a link. */
export const iconButtonClass = clsx(
  "inline-flex size-control shrink-0 items-center justify-center rounded-md text-ink-muted",
  "transition-colors not-disabled:hover:bg-hover not-disabled:hover:text-ink not-disabled:active:bg-pressed",
  "aria-pressed:bg-selected aria-pressed:text-accent-ink data-[state=open]:bg-selected data-[state=open]:text-accent-ink",
  "disabled:opacity-40",
);

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: LucideIcon;
  /** What it does: its name for screen readers, and its tooltip. */
  readonly label: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon: Icon, label, className, type, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        asChild
        onFocus={(event) => {
          // The focus that comes back when a window closes under the pointer asks for no word about the button.
          if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
        }}
      >
        <button {...rest} type={type ?? "button"} aria-label={label} className={clsx(iconButtonClass, className)}>
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
        </button>
      </Tooltip.Trigger>
      {/* No portal: what is said here belongs to the landmark that the button is in. */}
      <Tooltip.Content
        sideOffset={6}
        className="z-50 animate-fade-in rounded-sm bg-ink px-2 py-1 text-xs text-surface select-none"
      >
        {label}
      </Tooltip.Content>
    </Tooltip.Root>
  );
}
