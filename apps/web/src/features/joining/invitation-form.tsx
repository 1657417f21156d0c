import type { CreateInvitationRequest } from "@im-webapp/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Segmented } from "../../ui/segmented.tsx";

const DAY_MS = 24 * 60 * 60 * 1000;

const LASTING = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, forever: null } as const;
const USES = { once: 1, ten: 10, hundred: 100, unlimited: null } as const;

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) => Object.keys(record) as K[];

interface InvitationFormProps {
  readonly onMake: (terms: CreateInvitationRequest) => Promise<void>;
}

/** On what terms a new link is made. */
export function InvitationForm({ onMake }: InvitationFormProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [lasting, setLasting] = useState<keyof typeof LASTING>("week");
  const [uses, setUses] = useState<keyof typeof USES>("unlimited");
  const [state, setState] = useState<{ readonly busy: boolean; readonly problem?: string }>({ busy: false });

  const make = async () => {
    setState({ busy: true });
    const [lastsMs, maxUses] = [LASTING[lasting], USES[uses]];
    try {
      await onMake({
        ...(lastsMs !== null && { expiresAt: Date.now() + lastsMs }),
        ...(maxUses !== null && { maxUses }),
      });
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, problem: errorText(error) });
    }
  };

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span aria-hidden className="text-sm font-medium">
          {t("joining.expiry")}
        </span>
        <Segmented
          label={t("joining.expiry")}
          value={lasting}
          onChange={setLasting}
          options={keysOf(LASTING).map((value) => ({ value, label: t(`joining.${value}`) }))}
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span aria-hidden className="text-sm font-medium">
          {t("joining.uses")}
        </span>
        <Segmented
          label={t("joining.uses")}
          value={uses}
          onChange={setUses}
          options={keysOf(USES).map((value) => ({ value, label: t(`joining.${value}`) }))}
        />
      </div>
      <div role="alert" className="empty:-mt-3">
        {state.problem !== undefined && <Notice tone="danger">{state.problem}</Notice>}
      </div>
      <Button wide busy={state.busy} onClick={() => void make()}>
        {state.busy ? t("joining.making") : t("joining.make")}
      </Button>
    </div>
  );
}
