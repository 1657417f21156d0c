import type { QuietHours } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/text-field.tsx";
import { clockOffset, fromTime, toTime } from "./device-push.ts";

interface QuietHoursFieldsProps {
  readonly quiet: QuietHours;
  readonly onChange: (quiet: QuietHours) => void;
}

/** From when to when not to disturb, in the device's own time. */
export function QuietHoursFields({ quiet, onChange }: QuietHoursFieldsProps) {
  const { t } = useTranslation();
  const field = (label: string, end: "from" | "to") => (
    <TextField
      label={label}
      type="time"
      className="min-w-0 flex-1"
      defaultValue={toTime(quiet[end])}
      onBlur={({ currentTarget }) => {
        const minutes = fromTime(currentTarget.value);
        if (minutes !== undefined && minutes !== quiet[end]) {
          onChange({ ...quiet, [end]: minutes, offset: clockOffset() });
        }
      }}
    />
  );
  return (
    <div className="flex gap-3 pb-2">
      {field(t("notifications.quietFrom"), "from")}
      {field(t("notifications.quietTo"), "to")}
    </div>
  );
}
