import type { Confirmation, SecurityResponse } from "@im-webapp/protocol";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { Button } from "../../ui/button.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { checkPassword } from "../auth/validation.ts";
import { ProofDialog } from "./proof-dialog.tsx";
import { SecurityLine } from "./security-line.tsx";

interface PasswordLineProps {
  readonly security: SecurityResponse;
  readonly onChanged: () => void;
}

/** The password: changed with the old one, or set by one who has none. */
export function PasswordLine({ security, onChanged }: PasswordLineProps) {
  const { t } = useTranslation();
  const client = useClient();
  const field = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const [tried, setTried] = useState(false);
  const [newPassword, setNewPassword] = useState("");
  const problem = tried ? checkPassword(newPassword) : undefined;

  const open = (next: boolean) => {
    setOpen(next);
    setNewPassword("");
    setTried(false);
    if (next) setChanged(false);
  };
  const isIncomplete = () => {
    setTried(true);
    const isWrong = checkPassword(newPassword) !== undefined;
    if (isWrong) field.current?.focus();
    return isWrong;
  };
  const change = async (proof: Confirmation) => {
    await client.security.changePassword({ ...proof, newPassword });
    setChanged(true);
    onChanged();
  };

  return (
    <>
      <SecurityLine
        title={security.password ? t("security.passwordSet") : t("security.passwordNotSet")}
        hint={security.password ? t("security.passwordHint") : t("security.noPasswordHint")}
      >
        <Button variant="secondary" onClick={() => open(true)}>
          {security.password ? t("security.changePassword") : t("security.setPassword")}
        </Button>
        <p role="status" className="w-full text-sm text-accent-ink empty:hidden">
          {isChanged ? t("security.passwordChanged") : ""}
        </p>
      </SecurityLine>
      <ProofDialog
        security={security}
        open={isOpen}
        onOpenChange={open}
        title={security.password ? t("security.changePassword") : t("security.setPassword")}
        text={t("security.changePasswordText")}
        confirm={t("security.save")}
        busy={t("security.saving")}
        isIncomplete={isIncomplete}
        onConfirm={change}
      >
        <PasswordField
          ref={field}
          label={t("security.newPassword")}
          hint={t("auth.passwordHint")}
          error={problem && t(`auth.${problem}`)}
          name="new-password"
          autoComplete="new-password"
          required
          value={newPassword}
          onChange={(event) => setNewPassword(event.target.value)}
        />
      </ProofDialog>
    </>
  );
}
