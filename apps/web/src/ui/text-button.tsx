import { clsx } from "clsx";
import type { ButtonHTMLAttributes } from "react";

interface TextButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: "accent" | "danger" | "inherit";
}

const TONES = { accent: "text-accent-ink", danger: "text-danger-ink", inherit: "text-current" };

/** A word within a line that acts when pressed. */
export function TextButton({ tone = "accent", className, type, ...rest }: TextButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? "button"}
      className={clsx(
        "hit-area shrink-0 rounded-sm px-1 font-semibold underline-offset-3 hover:underline active:opacity-70",
        TONES[tone],
        className,
      )}
    />
  );
}
