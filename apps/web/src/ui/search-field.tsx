import { Search, X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}

/** Where one types what to look for; Esc and its button clear it. */
export function SearchField({ label, placeholder, value, onChange, autoFocus = false }: SearchFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const clear = () => {
    onChange("");
    field.current?.focus();
  };
  return (
    <search className="relative flex">
      <Search aria-hidden className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-ink-muted" />
      <input
        ref={field}
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        autoFocus={autoFocus}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={64}
        className="h-control w-full min-w-0 rounded-md border border-transparent bg-hover pr-10 pl-9 text-base text-ink transition-colors text-ellipsis placeholder:text-ink-muted focus-visible:border-accent focus-visible:bg-field focus-visible:outline-1 focus-visible:-outline-offset-1 touch:text-lg"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || value === "") return;
          event.preventDefault();
          event.stopPropagation();
          clear();
        }}
      />
      {value !== "" && (
        <button
          type="button"
          aria-label={t("contacts.clear")}
          className="absolute inset-y-0 right-0 inline-flex size-control items-center justify-center rounded-md text-ink-muted transition-colors hover:text-ink focus-visible:-outline-offset-2"
          onClick={clear}
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </search>
  );
}
