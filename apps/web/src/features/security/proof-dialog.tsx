import type { Confirmation, SecurityResponse } from "@im-webapp/protocol";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { CodeField } from "./code-field.tsx";
import { type ProofProblem, proofProblem } from "./proof-problem.ts";

interface ProofDialogProps {
  readonly security: SecurityResponse;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly text: string;
  /** The word for doing it, and for its being under way. */
  readonly confirm: string;
  readonly busy: string;
  readonly danger?: boolean;
  /** More that is asked for, below the password. */
  readonly children?: ReactNode;
  /** What must be mended first; the form is not sent while there is something. */
  readonly isIncomplete?: () => boolean;
  /** Done with the proof. The dialog closes when it succeeds, and says what is wrong when it fails. */
  readonly onConfirm: (proof: Confirmation) => Promise<void>;
}

/** Asks somebody to prove that it is them, by password and code, before something that matters is done. */
export function ProofDialog(props: ProofDialogProps) {
  const { security, open, onOpenChange, title, text, confirm, busy, danger = false, children } = props;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const formId = useId();
  const passwordField = useRef<HTMLInputElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const [proof, setProof] = useState({ password: "", code: "" });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProofProblem | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const change = (next: boolean) => {
    if (isBusy) return;
    setProof({ password: "", code: "" });
    setProblem(null);
    setRefusal(null);
    onOpenChange(next);
  };
  const show = (found: ProofProblem) => {
    setProblem(found);
    if (found.startsWith("password")) passwordField.current?.select();
    if (found.startsWith("code")) codeField.current?.select();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setProblem(null);
    setRefusal(null);
    if (security.password && proof.password === "") return show("passwordRequired");
    const isIncomplete = props.isIncomplete?.() === true;
    if (security.totp && proof.code.trim() === "") return show("codeRequired");
    if (isIncomplete) return undefined;
    setBusy(true);
    try {
      await props.onConfirm({
        ...(security.password && { password: proof.password }),
        ...(security.totp && { code: proof.code.trim() }),
      });
      setProof({ password: "", code: "" });
      onOpenChange(false);
    } catch (error) {
      const found = proofProblem(error);
      if (found) show(found);
      else setRefusal(errorText(error));
    } finally {
      setBusy(false);
    }
    return undefined;
  };

  const isOld = problem === "sessionOld" || (!security.password && !security.fresh);
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      footer={
        <>
          <Button variant="secondary" disabled={isBusy} onClick={() => change(false)}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" form={formId} variant={danger ? "danger" : "primary"} busy={isBusy} disabled={isOld}>
            {isBusy ? busy : confirm}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="scroll-pane flex flex-col gap-4 px-5 pt-1 pb-5"
        onSubmit={(event) => void submit(event)}
      >
        <p className="text-base text-ink-muted">{text}</p>
        <div role="alert" className="empty:-mb-4">
          {isOld && <Notice tone="warning">{t("security.sessionOld")}</Notice>}
          {refusal !== null && <Notice tone="danger">{refusal}</Notice>}
        </div>
        {security.password && (
          <PasswordField
            ref={passwordField}
            label={t("security.currentPassword")}
            name="password"
            autoComplete="current-password"
            required
            value={proof.password}
            error={problem?.startsWith("password") ? t(`security.${problem as "passwordWrong"}`) : undefined}
            onChange={(event) => setProof({ ...proof, password: event.target.value })}
          />
        )}
        {children}
        {security.totp && (
          <CodeField
            ref={codeField}
            value={proof.code}
            hint={t("security.codeOrRecovery")}
            error={problem?.startsWith("code") ? t(`security.${problem as "codeWrong"}`) : undefined}
            onChange={(code) => setProof({ ...proof, code })}
          />
        )}
      </form>
    </Dialog>
  );
}
