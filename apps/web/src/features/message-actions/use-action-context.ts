import type { ConversationView } from "@im-webapp/client";
import { RECALL_WITHIN_MS } from "@im-webapp/protocol";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useContentText } from "../conversation/content-text.ts";
import type { ActionContext } from "./message-action.ts";
import type { MessageControl } from "./message-control.ts";

/** Makes what an action is told of where it is offered, as of the moment of asking. */
export function useActionContext(conversation: ConversationView, control: MessageControl): () => ActionContext {
  const client = useClient();
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const contentText = useContentText();
  const ownId = useClientState((state) => state.me?.userId ?? "");
  return useCallback(
    () => ({
      conversation,
      control,
      ownId,
      client,
      t,
      nameOf,
      textOf: ({ content }) => contentText(content),
      now: Date.now(),
      recallWithinMs: client.getState().limits?.recallWithinMs ?? RECALL_WITHIN_MS,
    }),
    [conversation, control, ownId, client, t, nameOf, contentText],
  );
}
