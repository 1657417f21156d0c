import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { beginOidc } from "../auth/oidc-attempt.ts";
import { SecurityLine } from "./security-line.tsx";

interface OidcLineProps {
  /** What people call the other program. */
  readonly name: string;
  readonly isLinked: boolean;
}

/** The sign-in of another program, with which the account may be linked. */
export function OidcLine({ name, isLinked }: OidcLineProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const link = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await beginOidc(client, { purpose: "link", returnTo: "/settings/security" });
    } catch (error) {
      setRefusal(errorText(error));
      setBusy(false);
    }
  };
  return (
    <SecurityLine title={name} hint={isLinked ? t("security.linked", { name }) : t("security.notLinked", { name })}>
      {!isLinked && (
        <Button variant="secondary" busy={isBusy} onClick={() => void link()}>
          {t("security.link")}
        </Button>
      )}
      <p role="alert" className="w-full text-sm text-danger-ink empty:hidden">
        {refusal}
      </p>
    </SecurityLine>
  );
}
