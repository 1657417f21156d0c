import type { TotpResponse } from "@im-webapp/protocol";
import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { CodeField } from "./code-field.tsx";
import { CopyButton } from "./copy-button.tsx";
import { proofProblem } from "./proof-problem.ts";

interface EnrolDialogProps {
  /** Null: nothing is enrolled. */
  readonly begun: TotpResponse | null;
  readonly onClose: () => void;
  readonly onEnrolled: (recoveryCodes: readonly string[]) => void;
}

/** Hands the secret over to an authenticator app, and has a first code of it. */
export function EnrolDialog({ begun, onClose, onEnrolled }: EnrolDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const formId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<"codeRequired" | "codeWrong" | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const close = () => {
    if (isBusy) return;
    setCode("");
    setProblem(null);
    setRefusal(null);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setProblem(code.trim() === "" ? "codeRequired" : null);
    setRefusal(null);
    if (code.trim() === "") return;
    setBusy(true);
    try {
      const recoveryCodes = await client.security.confirmTotp(code.trim());
      setCode("");
      onEnrolled(recoveryCodes);
    } catch (error) {
      if (proofProblem(error) === "codeWrong") setProblem("codeWrong");
      else setRefusal(errorText(error));
      field.current?.select();
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open={begun !== null}
      onOpenChange={(open) => !open && close()}
      title={t("security.enableTotp")}
      footer={
        <>
          <Button variant="secondary" disabled={isBusy} onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" form={formId} busy={isBusy}>
            {isBusy ? t("security.checking") : t("security.enableTotp")}
          </Button>
        </>
      }
    >
      {begun !== null && (
        <form
          id={formId}
          noValidate
          className="scroll-pane flex flex-col gap-4 px-5 pt-1 pb-5"
          onSubmit={(event) => void submit(event)}
        >
          <p className="text-base text-ink-muted">{t("security.scan")}</p>
          <QrCode text={begun.uri} label={t("security.qrLabel")} className="mx-auto size-48 shrink-0" />
          <div className="flex flex-col gap-1.5">
            <p className="text-sm text-ink-muted">{t("security.typeSecret")}</p>
            <div className="flex items-center gap-2 rounded-md bg-canvas py-1 pr-1 pl-3">
              <code className="min-w-0 flex-1 text-base break-all select-all">{begun.secret}</code>
              <CopyButton text={begun.secret} />
            </div>
          </div>
          <div role="alert" className="empty:hidden">
            {refusal !== null && <Notice tone="danger">{refusal}</Notice>}
          </div>
          <CodeField
            ref={field}
            value={code}
            hint={t("security.firstCode")}
            error={problem === null ? undefined : t(`security.${problem}`)}
            onChange={setCode}
          />
        </form>
      )}
    </Dialog>
  );
}
