import type { Confirmation, SecurityResponse, TotpResponse } from "@im-webapp/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { Button } from "../../ui/button.tsx";
import { EnrolDialog } from "./enrol-dialog.tsx";
import { ProofDialog } from "./proof-dialog.tsx";
import { RecoveryCodesDialog } from "./recovery-codes-dialog.tsx";
import { SecurityLine } from "./security-line.tsx";

interface TwoFactorLinesProps {
  readonly security: SecurityResponse;
  readonly onChanged: () => void;
}

type Asking = "none" | "enable" | "disable" | "codes";

/** Two-factor: turned on with an authenticator app, its recovery codes, and turned off again. */
export function TwoFactorLines({ security, onChanged }: TwoFactorLinesProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [asking, setAsking] = useState<Asking>("none");
  const [begun, setBegun] = useState<TotpResponse | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  const onOpenChange = (open: boolean) => !open && setAsking("none");
  const enable = async (proof: Confirmation) => setBegun(await client.security.beginTotp(proof));
  const renew = async (proof: Confirmation) => setCodes(await client.security.replaceRecoveryCodes(proof));
  const disable = async (proof: Confirmation) => {
    await client.security.disableTotp(proof);
    onChanged();
  };

  return (
    <>
      <SecurityLine
        title={security.totp ? t("security.totpOn") : t("security.totpOff")}
        hint={security.totp ? t("security.totpOnHint") : t("security.totpOffHint")}
      >
        <Button
          variant={security.totp ? "danger-ghost" : "secondary"}
          onClick={() => setAsking(security.totp ? "disable" : "enable")}
        >
          {security.totp ? t("security.disableTotp") : t("security.enableTotp")}
        </Button>
      </SecurityLine>
      {security.totp && (
        <SecurityLine
          title={t("security.recoveryCodes")}
          hint={t("security.codesLeft", { count: security.recoveryCodes })}
        >
          <Button variant="secondary" onClick={() => setAsking("codes")}>
            {t("security.newCodes")}
          </Button>
        </SecurityLine>
      )}
      <ProofDialog
        security={security}
        open={asking === "enable"}
        onOpenChange={onOpenChange}
        title={t("security.enableTotp")}
        text={t("security.enableText")}
        confirm={t("auth.next")}
        busy={t("security.checking")}
        onConfirm={enable}
      />
      <ProofDialog
        security={security}
        open={asking === "codes"}
        onOpenChange={onOpenChange}
        title={t("security.newCodes")}
        text={t("security.newCodesText")}
        confirm={t("security.newCodes")}
        busy={t("security.checking")}
        onConfirm={renew}
      />
      <ProofDialog
        security={security}
        open={asking === "disable"}
        onOpenChange={onOpenChange}
        title={t("security.disableTotp")}
        text={t("security.disableText")}
        confirm={t("security.disableTotp")}
        busy={t("security.checking")}
        danger
        onConfirm={disable}
      />
      <EnrolDialog
        begun={begun}
        onClose={() => setBegun(null)}
        onEnrolled={(recoveryCodes) => {
          setBegun(null);
          setCodes(recoveryCodes);
        }}
      />
      <RecoveryCodesDialog
        codes={codes}
        onClose={() => {
          setCodes(null);
          onChanged();
        }}
      />
    </>
  );
}
