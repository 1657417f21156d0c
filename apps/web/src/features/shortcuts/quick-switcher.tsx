import { clsx } from "clsx";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Avatar } from "../../ui/avatar.tsx";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { type JumpTarget, useJumpTargets } from "./use-jump-targets.ts";

interface TargetLineProps {
  readonly id: string;
  readonly target: JumpTarget;
  readonly isActive: boolean;
  readonly onGo: () => void;
}

function TargetLine({ id, target, isActive, onGo }: TargetLineProps) {
  const { t } = useTranslation();
  const { conversation, userId, name, others } = target;
  return (
    // The field has the focus and the keys; this is for the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={clsx(
        "flex h-12 cursor-pointer items-center gap-3 rounded-md px-2 hover:bg-hover",
        isActive && "bg-selected",
      )}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onGo}
    >
      {conversation === undefined ? (
        <Avatar id={userId ?? ""} name={name} className="size-8" />
      ) : (
        <ConversationAvatar conversation={conversation} className="size-8" />
      )}
      <span className="min-w-0 flex-1 truncate text-base">{name}</span>
      <span className="max-w-32 truncate text-xs text-ink-muted">
        {conversation?.type === "group" ? t("jump.group") : others?.[0] !== undefined && `@${others[0]}`}
      </span>
    </div>
  );
}

/** Leads to any conversation or person by a few letters of the name. Works from what this device has. */
export function QuickSwitcher({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const targets = useJumpTargets(useDeferredValue(query));
  const place = Math.min(active, Math.max(targets.length - 1, 0));

  useEffect(() => {
    list.current?.children[place]?.scrollIntoView({ block: "nearest" });
  }, [place]);

  const go = (target: JumpTarget) => {
    onClose();
    void navigate(target.path);
  };
  const press = (event: KeyboardEvent) => {
    const chosen = targets[place];
    if (event.nativeEvent.isComposing || chosen === undefined) return;
    if (event.key === "ArrowDown") setActive((place + 1) % targets.length);
    else if (event.key === "ArrowUp") setActive((place - 1 + targets.length) % targets.length);
    else if (event.key === "Enter") go(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 flex animate-fade-in items-start justify-center bg-scrim p-4 sm:pt-[12vh]">
          <Dialog.Content
            aria-describedby={undefined}
            className="flex max-h-[70dvh] w-full max-w-130 animate-pop-in flex-col rounded-lg bg-raised shadow-overlay outline-none"
            // One goes to another place, where the focus belongs then.
            onCloseAutoFocus={(event) => event.preventDefault()}
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
              aria-activedescendant={targets.length > 0 ? `${listId}-${place}` : undefined}
              placeholder={t("jump.placeholder")}
              className="h-14 shrink-0 border-b border-line bg-transparent px-5 text-lg text-ink outline-none placeholder:text-ink-muted"
              onChange={(event) => {
                setQuery(event.target.value);
                setActive(0);
              }}
              onKeyDown={press}
            />
            <div
              ref={list}
              id={listId}
              role="listbox"
              aria-label={t("jump.found")}
              className="scroll-pane p-2 empty:hidden"
            >
              {targets.map((target, index) => (
                <TargetLine
                  key={target.key}
                  id={`${listId}-${index}`}
                  target={target}
                  isActive={index === place}
                  onGo={() => go(target)}
                />
              ))}
            </div>
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
