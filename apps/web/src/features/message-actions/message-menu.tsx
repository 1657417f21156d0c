import { SmilePlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ActionMenu } from "./action-menu.tsx";
import type { QuickChoice } from "./menu-choice.ts";
import type { ActionContext } from "./message-action.ts";
import type { OpenMenu } from "./message-control.ts";
import { canReact, pickReaction, toggleReaction } from "./react-to.tsx";
import { quickReactions } from "./quick-reactions.ts";
import { MESSAGE_ACTIONS } from "./registry.ts";

interface MessageMenuProps {
  readonly menu: OpenMenu | null;
  readonly makeContext: () => ActionContext;
  readonly onClose: () => void;
}

/** What may be done with one message that the server has. */
export function MessageMenu({ menu, makeContext, onClose }: MessageMenuProps) {
  const { t } = useTranslation();
  if (menu === null) return null;

  const { message } = menu;
  const context = makeContext();
  const reactions = (): QuickChoice[] => [
    ...quickReactions().map((emoji) => ({
      label: t("actions.reactWith", { emoji }),
      sign: emoji,
      run: () => toggleReaction(emoji, message, context),
    })),
    {
      label: t("actions.reactMore"),
      sign: <SmilePlus aria-hidden className="size-5 text-ink-muted touch:size-6" strokeWidth={1.75} />,
      run: () => pickReaction(message, context),
    },
  ];
  return (
    <ActionMenu
      menu={menu}
      about={context.textOf(message)}
      quickLabel={t("actions.react")}
      quick={canReact(message, context) ? reactions() : []}
      choices={MESSAGE_ACTIONS.filter((action) => action.isOffered(message, context)).map((action) => ({
        id: action.id,
        icon: action.icon,
        label: action.label(t, message),
        isDangerous: action.isDangerous,
        run: () => action.run(message, context),
      }))}
      onClose={onClose}
    />
  );
}
