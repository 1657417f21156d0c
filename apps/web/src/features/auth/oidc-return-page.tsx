import { CircleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useClient } from "@im-webapp/react";
import { wireErrorOf } from "../../lib/error-text.ts";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { type OidcAttempt, takeOidcAttempt } from "./oidc-attempt.ts";

type Failure = "denied" | "foreign" | "expired" | "failed" | "taken" | "unreachable";

/** Why the provider's answer led to nothing. */
function failureOf(error: unknown): Failure {
  const wire = wireErrorOf(error);
  if (wire?.details?.["oidc"] === "expired") return "expired";
  if (wire?.code === "CONFLICT") return "taken";
  return wire?.code === "UNAVAILABLE" || wire?.code === "RATE_LIMITED" ? "unreachable" : "failed";
}

/** Where the other program's sign-in sends the browser back to: finishes what this tab began, or says what to do. */
export function OidcReturnPage() {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const [answer] = useSearchParams();
  const hasBegun = useRef(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [purpose, setPurpose] = useState<OidcAttempt["purpose"]>("signIn");

  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    const finish = async () => {
      const attempt = takeOidcAttempt();
      const [code, state, iss] = [answer.get("code"), answer.get("state"), answer.get("iss")];
      if (attempt === null || state !== attempt.state) return setFailure("foreign");
      setPurpose(attempt.purpose);
      if (code === null) return setFailure(answer.get("error") === "access_denied" ? "denied" : "failed");
      const given = { code, state, ...(iss !== null && { iss }) };
      await (attempt.purpose === "link" ? client.security.linkOidc(given) : client.security.finishOidc(given));
      return navigate(attempt.returnTo, { replace: true });
    };
    finish().catch((error: unknown) => setFailure(failureOf(error)));
  }, [answer, client, navigate]);

  return (
    <main className="flex h-full flex-col bg-canvas">
      {failure === null ? (
        <p role="status" className="m-auto flex items-center gap-3 text-base text-ink-muted">
          <Spinner className="size-5" />
          {t("auth.oidcFinishing")}
        </p>
      ) : (
        <div role="alert" className="flex flex-1">
          <EmptyState icon={CircleAlert} title={t(`auth.oidcTitle.${failure}`)} hint={t(`auth.oidcHint.${failure}`)}>
            <Link to={purpose === "link" ? "/settings/security" : "/login"} replace className={buttonClass()}>
              {purpose === "link" ? t("auth.oidcBackToSettings") : t("auth.oidcBackToLogin")}
            </Link>
          </EmptyState>
        </div>
      )}
    </main>
  );
}
