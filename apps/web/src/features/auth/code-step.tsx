import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TextField } from "../../ui/text-field.tsx";

interface CodeStepProps {
  /** Signs in with the code. Resolves with what is wrong, to be said at the field or above it; null when all is well. */
  readonly onCode: (code: string) => Promise<{ readonly field: string } | { readonly notice: string } | null>;
  readonly onBack: () => void;
}

/** The second step of signing in: a code of the authenticator app, or a recovery code. */
export function CodeStep({ onCode, onBack }: CodeStepProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field?: string; notice?: string }>({});

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (code.trim() === "") {
      setProblem({ field: t("security.codeRequired") });
      return;
    }
    setBusy(true);
    setProblem({});
    const found = await onCode(code.trim());
    if (found === null) return;
    setProblem(found);
    setBusy(false);
    field.current?.select();
  };

  return (
    <form noValidate aria-labelledby={titleId} className="flex flex-col gap-5" onSubmit={(event) => void submit(event)}>
      <div className="flex flex-col gap-1">
        <h1 id={titleId} className="text-xl font-semibold">
          {t("auth.codeTitle")}
        </h1>
        <p className="text-base text-ink-muted">{t("auth.codeText")}</p>
      </div>
      <div role="alert" className="empty:-mb-5">
        {problem.notice !== undefined && <Notice tone="danger">{problem.notice}</Notice>}
      </div>
      <TextField
        ref={field}
        label={t("security.code")}
        hint={t("security.codeOrRecovery")}
        error={problem.field}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <div className="mt-1 flex flex-col gap-2">
        <Button type="submit" wide busy={isBusy}>
          {isBusy ? t("auth.loggingIn") : t("auth.login")}
        </Button>
        <Button variant="ghost" wide disabled={isBusy} onClick={onBack}>
          {t("auth.otherAccount")}
        </Button>
      </div>
    </form>
  );
}
