import { clsx } from "clsx";
import { CircleAlert } from "lucide-react";
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from "react";

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value; shown in place of the hint. */
  readonly error?: string | undefined;
  /** A control at the end of the field. */
  readonly trailing?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A labelled one-line field with its hint or error below. */
export function TextField({ label, hint, error, trailing, className, ...rest }: TextFieldProps) {
  const id = useId();
  const noteId = useId();
  const note = error ?? hint;
  return (
    <div className={clsx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
      </label>
      <div className="relative flex">
        <input
          {...rest}
          id={id}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : noteId}
          className={clsx(
            "h-control w-full min-w-0 rounded-md border bg-field px-3 text-base text-ink transition-colors touch:text-lg",
            "placeholder:text-ink-muted hover:border-ink-muted",
            "focus-visible:border-accent focus-visible:outline-1 focus-visible:-outline-offset-1",
            "disabled:opacity-50",
            trailing !== undefined && "pr-11",
            error === undefined ? "border-line-strong" : "border-danger focus-visible:outline-danger",
          )}
        />
        {trailing !== undefined && <div className="absolute inset-y-0 right-0 flex items-center">{trailing}</div>}
      </div>
      {note !== undefined && (
        <p
          id={noteId}
          className={clsx(
            "flex items-start gap-1.5 text-xs",
            error === undefined ? "text-ink-muted" : "text-danger-ink",
          )}
        >
          {error !== undefined && <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />}
          <span className="min-w-0 wrap-break-word">{note}</span>
        </p>
      )}
    </div>
  );
}
