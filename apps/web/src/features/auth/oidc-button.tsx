import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { Button } from "../../ui/button.tsx";
import { beginOidc } from "./oidc-attempt.ts";

interface OidcButtonProps {
  /** An address of this app to go on to. */
  readonly returnTo: string;
  readonly onFailed: (error: unknown) => void;
}

/** The way in by another program's sign-in; nothing where there is none. */
export function OidcButton({ returnTo, onFailed }: OidcButtonProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [name, setName] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    client.security.signInMethods().then(
      ({ oidc }) => isCurrent && setName(oidc?.name ?? null),
      // Without the server nobody signs in anyway, and the form says why.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client]);

  const begin = async () => {
    setBusy(true);
    try {
      await beginOidc(client, { purpose: "signIn", returnTo });
    } catch (error) {
      setBusy(false);
      onFailed(error);
    }
  };
  if (name === null) return null;
  return (
    <>
      <p
        aria-hidden
        className="flex items-center gap-3 text-sm text-ink-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
      >
        {t("auth.or")}
      </p>
      <Button variant="secondary" wide busy={isBusy} onClick={() => void begin()}>
        {!isBusy && <KeyRound aria-hidden className="size-5" strokeWidth={1.75} />}
        {t("auth.oidc", { name })}
      </Button>
    </>
  );
}
