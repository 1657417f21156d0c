import type { OutgoingMessage } from "@im-webapp/client";
import { clsx } from "clsx";
import { Copy, RotateCw, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { copyText } from "../../lib/clipboard.ts";
import { useContentText } from "../conversation/content-text.ts";
import { ActionMenu } from "./action-menu.tsx";
import type { MenuChoice } from "./menu-choice.ts";
import { useMenuOpeners } from "./menu-openers.ts";
import { type MessageControl, useMessageControl, useMessageModes } from "./message-control.ts";
import { messageMark } from "./walk-messages.ts";

interface OutgoingTargetProps {
  readonly outgoing: OutgoingMessage;
  /** Who speaks, for screen readers. */
  readonly name: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** What may be done with a message that the server has not taken yet. */
function useChoices({ clientMessageId, content, status }: OutgoingMessage, control: MessageControl): MenuChoice[] {
  const { t } = useTranslation();
  const client = useClient();
  const copy = (text: string) =>
    copyText(text).then(
      () => control.tell(t("actions.copied")),
      () => control.tell(t("actions.copyFailed")),
    );
  const choices: MenuChoice[] = [];
  if (content.kind === "text") {
    choices.push({ id: "copy", icon: Copy, label: t("actions.copy"), run: () => void copy(content.text) });
  }
  if (status === "failed") {
    choices.push({
      id: "resend",
      icon: RotateCw,
      label: t("message.resend"),
      run: () => void client.resend(clientMessageId),
    });
  }
  choices.push({
    id: "discard",
    icon: Trash2,
    label: t("message.discard"),
    isDangerous: true,
    run: () => void client.discard(clientMessageId),
  });
  return choices;
}

/** The row of a message that waits, is under way or has failed, with its menu. While several are picked it has none. */
export function OutgoingTarget({ outgoing, name, className, children }: OutgoingTargetProps) {
  const contentText = useContentText();
  const control = useMessageControl();
  const { selection } = useMessageModes();
  const choices = useChoices(outgoing, control);
  const openers = useMenuOpeners((returnTo, anchor, as) => {
    if (selection !== null) return;
    control.show((close) => (
      <ActionMenu
        menu={{ anchor, as, returnTo }}
        about={contentText(outgoing.content)}
        choices={choices}
        onClose={close}
      />
    ));
  });
  return (
    <div
      {...messageMark}
      {...openers}
      role="article"
      aria-label={name}
      tabIndex={-1}
      className={clsx("rounded-md focus-visible:-outline-offset-2 touch:select-none", className)}
    >
      {children}
    </div>
  );
}
