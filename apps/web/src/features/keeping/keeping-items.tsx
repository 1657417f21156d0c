import type { ConversationView } from "@im-webapp/client";
import {
  Bell,
  BellMinus,
  BellOff,
  Check,
  EyeOff,
  type LucideIcon,
  MailCheck,
  MailOpen,
  Pin,
  PinOff,
} from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useKeeping } from "./use-keeping.ts";

/** The parts of a menu, whether it opens at a button or at the pointer. */
export interface MenuParts {
  readonly Item: ComponentType<{ className?: string; onSelect?: () => void; children?: ReactNode }>;
  readonly Separator: ComponentType<{ className?: string }>;
  readonly RadioGroup: ComponentType<{ value?: string; onValueChange?: (value: string) => void; children?: ReactNode }>;
  readonly RadioItem: ComponentType<{ value: string; className?: string; children?: ReactNode }>;
  readonly ItemIndicator: ComponentType<{ className?: string; children?: ReactNode }>;
  readonly Label: ComponentType<{ className?: string; children?: ReactNode }>;
}

const itemClass =
  "flex min-h-control items-center gap-3 rounded-sm px-3 text-base outline-none select-none data-highlighted:bg-hover";

interface MenuItemProps {
  readonly parts: MenuParts;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onSelect: () => void;
}

/** One thing to do. */
export function MenuItem({ parts: { Item }, icon: Icon, label, onSelect }: MenuItemProps) {
  return (
    <Item className={itemClass} onSelect={onSelect}>
      <Icon aria-hidden className="size-5 shrink-0 text-ink-muted" strokeWidth={1.75} />
      {label}
    </Item>
  );
}

const LEVELS = [
  { value: 0, text: "notifyNormal", icon: Bell },
  { value: 1, text: "notifySilent", icon: BellOff },
  { value: -1, text: "notifyBlocked", icon: BellMinus },
] as const;

interface KeepingItemsProps {
  readonly parts: MenuParts;
  readonly conversation: ConversationView;
}

/** What one can do with a conversation in one's own list: pin it, mark it, say how one hears of it, put it away. */
export function KeepingItems({ parts, conversation }: KeepingItemsProps) {
  const { t } = useTranslation();
  const keeping = useKeeping(conversation);
  const { pinned, notify = 0 } = conversation;
  const { Separator, RadioGroup, RadioItem, ItemIndicator, Label } = parts;
  return (
    <>
      <MenuItem
        parts={parts}
        icon={pinned ? PinOff : Pin}
        label={pinned ? t("keeping.unpin") : t("keeping.pin")}
        onSelect={() => keeping.set({ pinned: !pinned })}
      />
      {keeping.isUnread ? (
        <MenuItem parts={parts} icon={MailOpen} label={t("keeping.markRead")} onSelect={keeping.markRead} />
      ) : (
        <MenuItem parts={parts} icon={MailCheck} label={t("keeping.markUnread")} onSelect={keeping.markUnread} />
      )}
      <MenuItem parts={parts} icon={EyeOff} label={t("keeping.hide")} onSelect={keeping.hide} />
      <Separator className="my-1 h-px bg-line" />
      <Label className="px-3 pt-2 pb-1 text-xs text-ink-muted">{t("keeping.notify")}</Label>
      <RadioGroup
        value={String(notify)}
        onValueChange={(value) => {
          const level = LEVELS.find((candidate) => String(candidate.value) === value);
          if (level) keeping.set({ notify: level.value });
        }}
      >
        {LEVELS.map(({ value, text, icon: Icon }) => (
          <RadioItem key={value} value={String(value)} className={itemClass}>
            <Icon aria-hidden className="size-5 shrink-0 text-ink-muted" strokeWidth={1.75} />
            <span className="flex-1">{t(`keeping.${text}`)}</span>
            <ItemIndicator>
              <Check aria-hidden className="size-4 text-accent-ink" />
            </ItemIndicator>
          </RadioItem>
        ))}
      </RadioGroup>
    </>
  );
}
