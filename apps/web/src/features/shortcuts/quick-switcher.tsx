import { Dialog } from "radix-ui";
import { type KeyboardEvent, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Avatar } from "../../ui/avatar.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { useOptions } from "../../ui/use-options.ts";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { type JumpTarget, useJumpTargets } from "./use-jump-targets.ts";

/** A conversation or a person, by the name that one knows. */
function TargetLine({ target }: { readonly target: JumpTarget }) {
  const { t } = useTranslation();
  const { conversation, userId, name, username } = target;
  return (
    <>
      {conversation === undefined ? (
        <Avatar id={userId ?? ""} name={name} className="size-8" />
      ) : (
        <ConversationAvatar conversation={conversation} className="size-8" />
      )}
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="max-w-32 truncate text-xs text-ink-muted">
        {conversation?.type === "group" ? t("jump.group") : username !== undefined && `@${username}`}
      </span>
    </>
  );
}

/** Leads to any conversation or person by a few letters of the name. Works from what this device has. */
export function QuickSwitcher({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const returnFocus = useReturnFocus();
  const [query, setQuery] = useState("");
  const targets = useJumpTargets(useDeferredValue(query));
  const { listId, active, activeId, restart, walk } = useOptions(targets.length);

  const go = (target: JumpTarget) => {
    onClose();
    void navigate(target.path);
  };
  const press = (event: KeyboardEvent) => {
    const chosen = targets[active];
    if (event.nativeEvent.isComposing || chosen === undefined) return;
    if (event.key === "Enter") go(chosen);
    else if (!walk(event)) return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 flex animate-fade-in items-start justify-center bg-scrim p-4 sm:pt-[12vh]">
          <Dialog.Content
            aria-describedby={undefined}
            className="flex max-h-[70dvh] w-full max-w-130 animate-pop-in flex-col rounded-lg bg-raised shadow-overlay outline-none"
            onCloseAutoFocus={returnFocus}
          >
            <Dialog.Title className="sr-only">{t("jump.title")}</Dialog.Title>
            <input
              type="text"
              role="combobox"
              value={query}
              aria-label={t("jump.title")}
              aria-expanded={targets.length > 0}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={activeId}
              placeholder={t("jump.placeholder")}
              className="h-14 shrink-0 border-b border-line bg-transparent px-5 text-lg text-ink outline-none placeholder:text-ink-muted"
              onChange={(event) => {
                setQuery(event.target.value);
                restart();
              }}
              onKeyDown={press}
            />
            <OptionList
              id={listId}
              label={t("jump.found")}
              options={targets}
              keyOf={(target) => target.key}
              active={active}
              onPick={go}
              className="p-2 empty:hidden"
              optionClassName="h-12 shrink-0 rounded-md"
            >
              {(target) => <TargetLine target={target} />}
            </OptionList>
            {targets.length === 0 && (
              <p role="status" className="p-6 text-center text-base text-ink-muted">
                {t("jump.none")}
              </p>
            )}
          </Dialog.Content>
        </Dialog.Overlay>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
