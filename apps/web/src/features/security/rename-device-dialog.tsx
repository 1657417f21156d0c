import type { SignedInDevice } from "@im-webapp/protocol";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TextField } from "../../ui/text-field.tsx";

/** Longest name of a device, in characters; the server's rule. */
const NAME_LENGTH = 64;

interface RenameDeviceDialogProps {
  /** Null: nothing is asked. */
  readonly device: SignedInDevice | null;
  readonly onClose: () => void;
  readonly onRenamed: () => void;
}

/** Gives a device a name by which its owner knows it. */
export function RenameDeviceDialog({ device, onClose, onRenamed }: RenameDeviceDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const formId = useId();
  const [name, setName] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const close = () => {
    if (isBusy) return;
    setName(null);
    setRefusal(null);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = (name ?? device?.name ?? "").trim();
    if (!device || isBusy || wanted === "") return;
    setBusy(true);
    setRefusal(null);
    try {
      await client.security.renameDevice(device.deviceId, wanted);
      setName(null);
      onRenamed();
      onClose();
    } catch (error) {
      setRefusal(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  const value = name ?? device?.name ?? "";
  return (
    <Dialog
      open={device !== null}
      onOpenChange={(open) => !open && close()}
      title={t("security.renameTitle")}
      footer={
        <>
          <Button variant="secondary" disabled={isBusy} onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" form={formId} busy={isBusy} disabled={value.trim() === ""}>
            {isBusy ? t("security.saving") : t("security.save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4 px-5 pt-1 pb-5"
        onSubmit={(event) => void submit(event)}
      >
        <div role="alert" className="empty:hidden">
          {refusal !== null && <Notice tone="danger">{refusal}</Notice>}
        </div>
        <TextField
          label={t("security.deviceName")}
          autoFocus
          maxLength={NAME_LENGTH}
          value={value}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
