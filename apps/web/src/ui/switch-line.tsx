import { Switch } from "radix-ui";
import { useId } from "react";

interface SwitchLineProps {
  readonly label: string;
  /** What it means, below. */
  readonly hint?: string | undefined;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A setting that is on or off. */
export function SwitchLine({ label, hint, checked, disabled = false, onChange }: SwitchLineProps) {
  const id = useId();
  const hintId = useId();
  return (
    <div className="flex min-h-control items-center justify-between gap-4">
      <span className="min-w-0 flex-1">
        <label htmlFor={id} className="block text-base">
          {label}
        </label>
        {hint !== undefined && (
          <span id={hintId} className="block text-sm text-ink-muted">
            {hint}
          </span>
        )}
      </span>
      <Switch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : hintId}
        className="hit-area h-6 w-10 shrink-0 rounded-full bg-quiet p-0.5 transition-colors data-[state=checked]:bg-accent disabled:opacity-60"
        onCheckedChange={onChange}
      >
        <Switch.Thumb className="block size-5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-4" />
      </Switch.Root>
    </div>
  );
}
