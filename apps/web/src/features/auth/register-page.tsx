import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { PORTRAIT_FAILED } from "../profile/portrait-failed.ts";
import { AccountStep } from "./account-step.tsx";
import { AuthSwitch } from "./auth-switch.tsx";
import { type Profile, ProfileStep } from "./profile-step.tsx";
import { type FieldProblems, refusedFields } from "./refusal.ts";
import { StepMarks } from "./step-marks.tsx";

const STEPS = 2;

/** Opens an account in two steps: name and password, then how others see the person. */
export function RegisterPage() {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const { search } = useLocation();
  const navigate = useNavigate();
  const titleId = useId();
  const [step, setStep] = useState<1 | 2>(1);
  const [account, setAccount] = useState({ username: "", password: "" });
  const [profile, setProfile] = useState<Profile>({ displayName: "", phone: "", portrait: null });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<FieldProblems>({});
  const [refusal, setRefusal] = useState<string | null>(null);

  const go = (next: 1 | 2) => {
    setRefusal(null);
    setStep(next);
  };

  const register = async () => {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      const phone = profile.phone.trim();
      await client.register({
        username: account.username.trim(),
        password: account.password,
        displayName: profile.displayName.trim(),
        ...(phone !== "" && { phone }),
      });
    } catch (error) {
      const fields = refusedFields(error);
      setRefused(fields);
      setBusy(false);
      if (fields.username !== undefined || fields.password !== undefined) go(1);
      else if (Object.keys(fields).length === 0) setRefusal(errorText(error));
      return;
    }
    if (profile.portrait === null) return;
    try {
      await client.account.setAvatar(profile.portrait.image);
    } catch {
      // There is an account all the same; the place where the portrait can be chosen again says what happened.
      await navigate("/settings/profile", { state: PORTRAIT_FAILED });
    }
    URL.revokeObjectURL(profile.portrait.url);
  };

  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-5">
      <header className="flex flex-col gap-1">
        <StepMarks step={step} total={STEPS} />
        <h1 id={titleId} className="text-xl font-semibold">
          {t(step === 1 ? "auth.accountStep" : "auth.profileStep")}
        </h1>
      </header>
      <div role="alert" className="empty:-mb-5">
        {refusal !== null && <Notice tone="danger">{refusal}</Notice>}
      </div>
      {step === 1 ? (
        <AccountStep
          value={account}
          refused={refused}
          onChange={(next) => {
            setAccount(next);
            setRefused({});
          }}
          onNext={() => go(2)}
        />
      ) : (
        <ProfileStep
          username={account.username}
          value={profile}
          refused={refused}
          busy={busy}
          onChange={(next) => {
            setProfile(next);
            setRefused({});
          }}
          onBack={() => go(1)}
          onDone={() => void register()}
        />
      )}
      <AuthSwitch text={t("auth.haveAccount")}>
        <Link to={`/login${search}`}>{t("auth.toLogin")}</Link>
      </AuthSwitch>
    </section>
  );
}
