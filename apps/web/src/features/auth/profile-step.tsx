import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { MAX_NAME } from "../../lib/names.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type ChosenPortrait, PortraitChoice } from "./portrait-choice.tsx";
import type { FieldProblems } from "./refusal.ts";
import { checkDisplayName, checkPhone } from "./validation.ts";

/** What is asked for in this step. */
export interface Profile {
  readonly displayName: string;
  readonly phone: string;
  /** Cropped; sent once there is an account. */
  readonly portrait: ChosenPortrait | null;
}

interface ProfileStepProps {
  /** Gives the portrait its colour until there is an id. */
  readonly username: string;
  readonly value: Profile;
  /** What the server refused of an earlier attempt. */
  readonly refused: FieldProblems;
  readonly busy: boolean;
  readonly onChange: (value: Profile) => void;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** The second step of registering: how others see and find the person. */
export function ProfileStep({ username, value, refused, busy, onChange, onBack, onDone }: ProfileStepProps) {
  const { t } = useTranslation();
  const [tried, setTried] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const phoneField = useRef<HTMLInputElement>(null);
  const nameProblem = refused.displayName ?? (tried ? checkDisplayName(value.displayName) : undefined);
  const phoneProblem = refused.phone ?? (tried ? checkPhone(value.phone) : undefined);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (refused.displayName !== undefined || checkDisplayName(value.displayName) !== undefined)
      nameField.current?.focus();
    else if (refused.phone !== undefined || checkPhone(value.phone) !== undefined) phoneField.current?.focus();
    else onDone();
  };

  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={submit}>
      <PortraitChoice
        username={username.trim()}
        name={value.displayName.trim() || username}
        portrait={value.portrait}
        onChange={(portrait) => onChange({ ...value, portrait })}
      />
      <TextField
        ref={nameField}
        label={t("auth.displayName")}
        hint={t("auth.displayNameHint")}
        error={nameProblem && t(`auth.${nameProblem}`)}
        name="displayName"
        autoComplete="nickname"
        maxLength={MAX_NAME}
        autoFocus
        required
        value={value.displayName}
        onChange={(event) => onChange({ ...value, displayName: event.target.value })}
      />
      <TextField
        ref={phoneField}
        label={t("auth.phone")}
        hint={t("auth.phoneHint")}
        error={phoneProblem && t(`auth.${phoneProblem}`)}
        name="phone"
        type="tel"
        autoComplete="tel"
        value={value.phone}
        onChange={(event) => onChange({ ...value, phone: event.target.value })}
      />
      <div className="mt-1 flex gap-3">
        <Button variant="secondary" disabled={busy} onClick={onBack}>
          {t("auth.previous")}
        </Button>
        <Button type="submit" busy={busy} className="flex-1">
          {busy ? t("auth.registering") : t("auth.register")}
        </Button>
      </div>
    </form>
  );
}
