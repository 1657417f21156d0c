import type { SystemContent } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { useActorName } from "../../app/names.ts";
import { TextButton } from "../../ui/text-button.tsx";
import { useMessageControl } from "../message-actions/message-control.ts";
import { systemText } from "./system-text.ts";
import { SystemMark } from "./timeline-marks.tsx";

interface RecalledMarkProps {
  readonly content: SystemContent;
  readonly isChanging: boolean;
  /** What it said, where this person has taken it back themself, in this session. */
  readonly text: string | undefined;
}

/** A message that was taken back, with a way to write it anew for the one who did. */
export function RecalledMark({ content, isChanging, text }: RecalledMarkProps) {
  const { t, i18n } = useTranslation();
  const actorName = useActorName();
  const control = useMessageControl();
  const line = systemText(content, actorName, t, i18n.language);
  return (
    <SystemMark
      text={line}
      isChanging={isChanging}
      action={
        text !== undefined && (
          <>
            {" · "}
            <TextButton onClick={() => control.write(text)}>{t("actions.reEdit")}</TextButton>
          </>
        )
      }
    />
  );
}
