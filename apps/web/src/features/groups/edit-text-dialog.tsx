import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";

interface EditTextDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly initial: string;
  readonly maxLength: number;
  /** Lines of the field; one makes it a field of one line. */
  readonly rows: number;
  readonly isRequired?: boolean;
  /** Resolves when it is stored; the dialog closes then, and says why when it fails. */
  readonly onSave: (text: string) => Promise<unknown>;
}

const FIELD =
  "w-full min-w-0 rounded-md border border-line-strong bg-field px-3 text-base text-ink transition-colors hover:border-ink-muted focus-visible:border-accent focus-visible:outline-1 focus-visible:-outline-offset-1 touch:text-lg";

function Form({
  onOpenChange,
  title,
  hint,
  initial,
  maxLength,
  rows,
  isRequired = false,
  onSave,
}: EditTextDialogProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const hintId = useId();
  const [text, setText] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isEmpty = isRequired && text.trim() === "";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || isEmpty) return;
    setBusy(true);
    setProblem(null);
    try {
      await onSave(text.trim());
      onOpenChange(false);
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  const shared = {
    value: text,
    maxLength,
    "aria-label": title,
    "aria-describedby": hint === undefined ? undefined : hintId,
    autoFocus: true,
  };
  return (
    <form className="flex flex-col gap-2 px-5 pb-5" onSubmit={(event) => void submit(event)}>
      {rows === 1 ? (
        <input {...shared} className={`${FIELD} h-control`} onChange={(event) => setText(event.target.value)} />
      ) : (
        <textarea
          {...shared}
          rows={rows}
          className={`${FIELD} resize-none py-2`}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <p className="flex justify-between gap-4 text-xs text-ink-muted">
        <span id={hintId}>{hint}</span>
        <span className="figures shrink-0">
          {text.length}/{maxLength}
        </span>
      </p>
      <div role="alert" className="empty:hidden">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
      <div className="mt-2 flex justify-end gap-3">
        <Button variant="secondary" onClick={() => onOpenChange(false)}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" busy={busy} disabled={isEmpty}>
          {t("groups.save")}
        </Button>
      </div>
    </form>
  );
}

/** Edits one text in a window of its own. */
export function EditTextDialog(props: EditTextDialogProps) {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title={props.title}>
      <Form {...props} />
    </Dialog>
  );
}
