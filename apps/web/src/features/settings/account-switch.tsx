import { useState } from "react";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { SwitchLine } from "../../ui/switch-line.tsx";

interface AccountSwitchProps {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  /** What to change of the account. */
  readonly change: (checked: boolean) => Parameters<ReturnType<typeof useClient>["account"]["updateProfile"]>[0];
}

/** A setting of the account: held by the server, and the same on all devices. */
export function AccountSwitch({ label, hint, checked, change }: AccountSwitchProps) {
  const client = useClient();
  const errorText = useErrorText();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const set = async (next: boolean) => {
    setWanted(next);
    setProblem(null);
    try {
      await client.account.updateProfile(change(next));
    } catch (error) {
      setProblem(errorText(error));
    }
    setWanted(null);
  };

  return (
    <div className="flex flex-col gap-2 px-4 py-2">
      <SwitchLine
        label={label}
        hint={hint}
        checked={wanted ?? checked}
        disabled={wanted !== null}
        onChange={(next) => void set(next)}
      />
      <div role="alert" className="empty:hidden">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
    </div>
  );
}
