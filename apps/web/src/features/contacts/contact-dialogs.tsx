import { MAX_GREETING_LENGTH } from "@im-webapp/protocol";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { MAX_NAME, isName } from "../../lib/names.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TextField } from "../../ui/text-field.tsx";

interface FormDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly initial: string;
  readonly maxLength?: number;
  readonly confirm: string;
  readonly busy: string;
  /** What is wrong with the text, in words. */
  readonly problemOf?: (text: string) => string | undefined;
  readonly onConfirm: (text: string) => Promise<void>;
  readonly errorOf: (error: unknown) => string;
}

/** Asks for one line. It closes when it was taken, and says why when it was not. */
function FormDialog({ open, onOpenChange, title, initial, problemOf, onConfirm, errorOf, ...words }: FormDialogProps) {
  const { t } = useTranslation();
  const formId = useId();
  const [text, setText] = useState(initial);
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });
  const problem = problemOf?.(text);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state.busy || problem !== undefined) return;
    setState({ busy: true });
    try {
      await onConfirm(text.trim());
      setState({ busy: false });
      onOpenChange(false);
    } catch (error) {
      setState({ busy: false, error: errorOf(error) });
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      footer={
        <>
          <Button variant="secondary" onClick={() => onOpenChange(false)}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" form={formId} busy={state.busy}>
            {state.busy ? words.busy : words.confirm}
          </Button>
        </>
      }
    >
      <form id={formId} className="flex flex-col gap-3 px-5 pt-1 pb-5" onSubmit={(event) => void submit(event)}>
        <TextField
          label={words.label}
          hint={words.hint}
          error={problem}
          value={text}
          maxLength={words.maxLength}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <div role="alert">{state.error !== undefined && <Notice tone="danger">{state.error}</Notice>}</div>
      </form>
    </Dialog>
  );
}

interface PersonDialogProps {
  readonly userId: string;
  readonly name: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Applies to be somebody's contact, with a greeting. */
export function AddDialog({ userId, name, open, onOpenChange }: PersonDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const ownName = useClientState((state) => state.me?.displayName ?? "");
  return (
    <FormDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("people.addTitle", { name })}
      label={t("people.greeting")}
      hint={t("people.greetingHint", { count: MAX_GREETING_LENGTH })}
      initial={t("people.greetingDefault", { name: ownName })}
      maxLength={MAX_GREETING_LENGTH}
      confirm={t("people.send")}
      busy={t("people.sending")}
      onConfirm={async (greeting) => {
        await client.contacts.apply(userId, greeting);
      }}
      errorOf={(error) => {
        // A limit of hours is no matter of seconds: it is the pause after a refusal.
        const wire = wireErrorOf(error);
        const isRefused = wire?.code === "RATE_LIMITED" && (wire.retryAfterMs ?? 0) > 3_600_000;
        return isRefused ? t("people.alreadyRefused") : errorText(error);
      }}
    />
  );
}

/** What one calls a contact. */
export function AliasDialog({ userId, open, onOpenChange }: Omit<PersonDialogProps, "name">) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const alias = useClientState((state) => state.contacts.get(userId)?.alias ?? "");
  return (
    <FormDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("people.aliasTitle")}
      label={t("people.aliasLabel")}
      hint={t("people.aliasHint")}
      initial={alias}
      confirm={t("people.save")}
      busy={t("people.saving")}
      problemOf={(text) =>
        text.trim() === "" || isName(text) ? undefined : t("people.aliasTooLong", { count: MAX_NAME })
      }
      onConfirm={async (text) => {
        await client.contacts.update(userId, { alias: text });
      }}
      errorOf={errorText}
    />
  );
}
