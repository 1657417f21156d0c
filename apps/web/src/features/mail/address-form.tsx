import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";

interface AddressFormProps {
  readonly disabled: boolean;
  readonly onSubmit: (address: string) => void;
}

/** Where mails are to go, when nothing is known yet. */
export function AddressForm({ disabled, onSubmit }: AddressFormProps) {
  const { t } = useTranslation();
  const [address, setAddress] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (address.trim() !== "") onSubmit(address.trim());
  };
  return (
    <form className="flex flex-col gap-3 px-4 py-3" onSubmit={submit}>
      <TextField
        label={t("mail.address")}
        hint={t("mail.addressHint")}
        type="email"
        name="email"
        autoComplete="email"
        required
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Button type="submit" variant="secondary" busy={disabled} className="self-start">
        {t("mail.sendCode")}
      </Button>
    </form>
  );
}
