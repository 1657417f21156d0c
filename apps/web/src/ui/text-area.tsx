import { clsx } from "clsx";
import { type Ref, type TextareaHTMLAttributes, useId } from "react";

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly label: string;
  /** Below the field, such as what is left of its length. */
  readonly hint?: string | undefined;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** A labelled field of several lines that grows with its text. */
export function TextArea({ label, hint, className, ...rest }: TextAreaProps) {
  const id = useId();
  const hintId = useId();
  return (
    <div className={clsx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        aria-describedby={hint === undefined ? undefined : hintId}
        className={clsx(
          "field-sizing-content min-h-20 w-full resize-none rounded-md border border-line-strong bg-field px-3 py-2 text-base text-ink transition-colors touch:text-lg",
          "placeholder:text-ink-muted hover:border-ink-muted",
          "focus-visible:border-accent focus-visible:outline-1 focus-visible:-outline-offset-1",
          "disabled:opacity-50",
        )}
      />
      {hint !== undefined && (
        <p id={hintId} className="figures text-xs text-ink-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
