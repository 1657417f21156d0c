import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/text-field.tsx";

interface CodeFieldProps {
  readonly value: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A code of an authenticator app. Phones and password managers offer it by themselves. */
export function CodeField({ onChange, ...rest }: CodeFieldProps) {
  const { t } = useTranslation();
  return (
    <TextField
      {...rest}
      label={t("security.code")}
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
