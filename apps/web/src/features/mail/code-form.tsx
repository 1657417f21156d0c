import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { TextField } from "../../ui/text-field.tsx";

interface CodeFormProps {
  readonly address: string;
  readonly disabled: boolean;
  readonly onConfirm: (code: string) => void;
  readonly onResend: () => void;
  readonly onRemove: () => void;
}

/** The code that was sent, which shows that the address is one's own. */
export function CodeForm({ address, disabled, onConfirm, onResend, onRemove }: CodeFormProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(code.trim());
  };
  return (
    <form className="flex flex-col gap-3 px-4 py-3" onSubmit={submit}>
      <TextField
        label={t("mail.code")}
        hint={t("mail.codeSent", { address })}
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        pattern="[0-9]{6}"
        maxLength={6}
        required
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" busy={disabled}>
          {t("mail.confirm")}
        </Button>
        <TextButton className="-mx-1 text-sm" disabled={disabled} onClick={onResend}>
          {t("mail.resend")}
        </TextButton>
        <TextButton className="-mx-1 text-sm" disabled={disabled} onClick={onRemove}>
          {t("mail.otherAddress")}
        </TextButton>
      </div>
    </form>
  );
}
