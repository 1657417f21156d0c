import { clsx } from "clsx";
import type { ButtonHTMLAttributes, MouseEvent, Ref } from "react";
import { Spinner } from "./spinner.tsx";

type Variant = "primary" | "secondary" | "ghost" | "danger" | "danger-ghost";

const VARIANTS: Record<Variant, string> = {
  primary: "bg-accent text-on-accent not-disabled:hover:bg-accent-hover not-disabled:active:bg-accent-pressed",
  secondary:
    "border border-line-strong bg-surface text-ink not-disabled:hover:bg-hover not-disabled:active:bg-pressed in-[[role=dialog]]:bg-transparent",
  ghost: "text-accent-ink not-disabled:hover:bg-hover not-disabled:active:bg-pressed",
  danger: "bg-danger text-on-danger not-disabled:hover:bg-danger-hover not-disabled:active:bg-danger-hover",
  "danger-ghost": "text-danger-ink not-disabled:hover:bg-danger-tint not-disabled:active:bg-danger-tint",
};

/** The look of a button, for what has to be a link. */
export function buttonClass(variant: Variant = "primary", wide = false): string {
  return clsx(
    "inline-flex min-h-control min-w-0 items-center justify-center gap-2 rounded-md px-4 text-base font-medium select-none",
    "transition-colors disabled:opacity-50 aria-busy:opacity-80",
    VARIANTS[variant],
    wide && "w-full",
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: Variant;
  readonly wide?: boolean;
  /** Shows that its work is under way: it keeps the focus, and does nothing when pressed again. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant, wide, busy = false, className, children, onClick, type, ...rest }: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      type={type ?? "button"}
      className={clsx(buttonClass(variant, wide), className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={press}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}
