import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useClient, useClientState } from "@im-webapp/react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { AuthSwitch } from "./auth-switch.tsx";
import { CodeStep } from "./code-step.tsx";
import { OidcButton } from "./oidc-button.tsx";
import { returnAddress } from "./return-address.ts";

/** What the server says of the second factor, after a right password. */
const totpProblem = (error: unknown) => {
  const wire = wireErrorOf(error);
  return wire?.code === "UNAUTHENTICATED" ? wire.details?.["totp"] : undefined;
};

/** Signs somebody in with their name or phone number, and a code where they have turned two-factor on. */
export function LoginPage() {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const { search } = useLocation();
  const ended = useClientState((state) => state.connection.error);
  const titleId = useId();
  const passwordField = useRef<HTMLInputElement>(null);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [needsCode, setNeedsCode] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setRefusal(null);
    if (busy || username.trim() === "" || password === "") return;
    setBusy(true);
    try {
      await client.login({ username: username.trim(), password });
    } catch (error) {
      if (totpProblem(error) !== undefined) {
        setNeedsCode(true);
        setBusy(false);
        return;
      }
      const isWrong = wireErrorOf(error)?.code === "UNAUTHENTICATED";
      setRefusal(isWrong ? t("auth.wrongCredentials") : errorText(error));
      setBusy(false);
      if (isWrong) passwordField.current?.select();
    }
  };

  const logInWith = async (totp: string) => {
    try {
      await client.login({ username: username.trim(), password, totp });
      return null;
    } catch (error) {
      if (totpProblem(error) !== undefined) return { field: t("security.codeWrong") };
      const isWrong = wireErrorOf(error)?.code === "UNAUTHENTICATED";
      return { notice: isWrong ? t("auth.wrongCredentials") : errorText(error) };
    }
  };
  if (needsCode) {
    return (
      <CodeStep
        onCode={logInWith}
        onBack={() => {
          setPassword("");
          setTried(false);
          setNeedsCode(false);
        }}
      />
    );
  }

  const problem = refusal ?? (ended?.code === "UNAUTHENTICATED" && !tried ? t("errors.sessionEnded") : null);
  return (
    <form noValidate aria-labelledby={titleId} className="flex flex-col gap-5" onSubmit={(event) => void submit(event)}>
      <h1 id={titleId} className="text-xl font-semibold">
        {t("auth.loginTitle")}
      </h1>
      <div role="alert" className="empty:-mb-5">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
      <TextField
        label={t("auth.usernameOrPhone")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        value={username}
        error={tried && username.trim() === "" ? t("auth.usernameRequired") : undefined}
        onChange={(event) => setUsername(event.target.value)}
      />
      <PasswordField
        ref={passwordField}
        label={t("auth.password")}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        error={tried && password === "" ? t("auth.passwordRequired") : undefined}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" wide busy={busy} className="mt-1">
        {busy ? t("auth.loggingIn") : t("auth.login")}
      </Button>
      <OidcButton returnTo={returnAddress(search)} onFailed={(error) => setRefusal(errorText(error))} />
      <AuthSwitch text={t("auth.noAccount")}>
        <Link to={`/register${search}`}>{t("auth.toRegister")}</Link>
      </AuthSwitch>
    </form>
  );
}
