import type { ConversationId } from "@im-webapp/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { useNow } from "../../lib/use-now.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { messagePath } from "../conversation/conversation-path.ts";
import { dayStart, toDateValue } from "./day.ts";

interface DateDialogProps {
  readonly conversationId: ConversationId;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks for a day, by the device's own calendar, and leads to the first message of it. */
export function DateDialog({ conversationId, open, onOpenChange }: DateDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const today = toDateValue(new Date(useNow()));
  const [value, setValue] = useState(today);
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });

  const find = async (at: number) => {
    setState({ busy: true });
    try {
      const seq = await client.firstMessageSince(conversationId, at);
      setState(seq === undefined ? { busy: false, error: t("keeping.noneSince") } : { busy: false });
      if (seq === undefined) return;
      onOpenChange(false);
      void navigate(messagePath(conversationId, seq));
    } catch (error) {
      setState({ busy: false, error: errorText(error) });
    }
  };
  const at = dayStart(value);

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("keeping.goToDate")}>
      <form
        className="flex flex-col gap-4 px-5 pt-1 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (at !== null) void find(at);
        }}
      >
        <TextField
          type="date"
          label={t("keeping.date")}
          hint={t("keeping.goToDateText")}
          error={state.error}
          max={today}
          value={value}
          onChange={(event) => {
            setValue(event.target.value);
            setState({ busy: false });
          }}
        />
        <Button type="submit" wide busy={state.busy} disabled={at === null}>
          {state.busy ? t("keeping.going") : t("keeping.go")}
        </Button>
      </form>
    </Dialog>
  );
}
