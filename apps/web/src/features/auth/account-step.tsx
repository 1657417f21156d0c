import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { FieldProblems } from "./refusal.ts";
import { checkPassword, checkUsername } from "./validation.ts";

interface Account {
  readonly username: string;
  readonly password: string;
}

interface AccountStepProps {
  readonly value: Account;
  /** What the server refused of an earlier attempt. */
  readonly refused: FieldProblems;
  readonly onChange: (value: Account) => void;
  readonly onNext: () => void;
}

/** The first step of registering: what one signs in with. */
export function AccountStep({ value, refused, onChange, onNext }: AccountStepProps) {
  const { t } = useTranslation();
  const [tried, setTried] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const nameProblem = refused.username ?? (tried ? checkUsername(value.username) : undefined);
  const passwordProblem = refused.password ?? (tried ? checkPassword(value.password) : undefined);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (refused.username !== undefined || checkUsername(value.username) !== undefined) nameField.current?.focus();
    else if (refused.password !== undefined || checkPassword(value.password) !== undefined)
      passwordField.current?.focus();
    else onNext();
  };

  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={submit}>
      <TextField
        ref={nameField}
        label={t("auth.username")}
        hint={t("auth.usernameHint")}
        error={nameProblem && t(`auth.${nameProblem}`)}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        value={value.username}
        onChange={(event) => onChange({ ...value, username: event.target.value })}
      />
      <PasswordField
        ref={passwordField}
        label={t("auth.password")}
        hint={t("auth.passwordHint")}
        error={passwordProblem && t(`auth.${passwordProblem}`)}
        name="password"
        autoComplete="new-password"
        required
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.target.value })}
      />
      <Button type="submit" wide className="mt-1">
        {t("auth.next")}
      </Button>
    </form>
  );
}
