import type { ConversationView } from "@im-webapp/client";
import type { Message } from "@im-webapp/protocol";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useClient } from "@im-webapp/react";
import { draftOf } from "../conversation/use-draft.ts";
import {
  type Composing,
  ControlContext,
  MAX_SELECTED,
  type MessageControl,
  ModesContext,
  type OpenMenu,
  type Selection,
} from "./message-control.ts";
import { MessageMenu } from "./message-menu.tsx";
import { Told } from "./told.tsx";
import { useActionContext } from "./use-action-context.ts";
import { useKeptReply } from "./use-kept-reply.ts";

const NEW: Composing = { kind: "new" };

type Dialog = (close: () => void) => ReactNode;

function toggled(selection: Selection, message: Message): Selection {
  const next = new Map(selection);
  if (!next.delete(message.seq) && next.size < MAX_SELECTED) next.set(message.seq, message);
  return next;
}

interface MessageControlProviderProps {
  readonly conversation: ConversationView;
  readonly children: ReactNode;
}

/** Holds what is being done with the messages of one conversation, and shows the menu and the dialogs for it. */
export function MessageControlProvider({ conversation, children }: MessageControlProviderProps) {
  const [composing, setComposing] = useState<Composing>(NEW);
  const [selection, setSelection] = useState<Selection>(null);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [told, setTold] = useState({ text: "", count: 0 });

  const modes = useMemo(() => ({ composing, selection }), [composing, selection]);
  const latest = useRef(modes);
  useEffect(() => {
    latest.current = modes;
  }, [modes]);
  const client = useClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const { conversationId } = conversation;

  const compose = useKeptReply(conversationId, setComposing);
  const control = useMemo<MessageControl>(
    () => ({
      reply: (message) => compose({ kind: "reply", message }),
      edit: (message) => compose({ kind: "edit", message }),
      compose: () => compose(NEW),
      select: (message) => setSelection(new Map([[message.seq, message]])),
      toggle: (message) => setSelection((held) => toggled(held, message)),
      leave: () => {
        const { composing: held, selection: picked } = latest.current;
        if (picked !== null) setSelection(null);
        else if (held.kind !== "new") compose(NEW);
        else return false;
        return true;
      },
      openMenu: setMenu,
      show: (next) => setDialog(() => next),
      tell: (text) => setTold(({ count }) => ({ text, count: count + 1 })),
      write: (text) => {
        compose(NEW);
        const held = draftOf(client.getState(), conversationId);
        const next = held === "" ? text : `${held}\n${text}`;
        client.setDraft(conversationId, next).then(
          () => field.current?.focus(),
          () => undefined,
        );
      },
      field,
    }),
    [client, conversationId, compose],
  );
  const makeContext = useActionContext(conversation, control);

  return (
    <ControlContext value={control}>
      <ModesContext value={modes}>
        {children}
        <MessageMenu menu={menu} makeContext={makeContext} onClose={() => setMenu(null)} />
        {dialog?.(() => setDialog(null))}
        <Told text={told.text} key={told.count} />
      </ModesContext>
    </ControlContext>
  );
}
