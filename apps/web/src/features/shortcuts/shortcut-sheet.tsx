import { useTranslation } from "react-i18next";
import { SEND_KEYS, setSendKey, useSendKey } from "../../lib/send-key.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Segmented } from "../../ui/segmented.tsx";

/** Whether this is an Apple device, whose people look for ⌘. */
const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

const MOD = IS_APPLE ? "⌘" : "Ctrl";

const SHORTCUTS = [
  ["jump", [MOD, "K"]],
  ["search", ["/"]],
  ["find", [MOD, "F"]],
  ["help", ["?"]],
  ["editLast", ["↑"]],
  ["leave", ["Esc"]],
  ["walk", ["↑", "↓"]],
  ["menu", ["Enter"]],
  ["mention", ["@"]],
] as const;

function Key({ name }: { readonly name: string }) {
  return (
    <kbd className="inline-flex h-6 min-w-6 items-center justify-center rounded-sm border border-line-strong bg-field px-1.5 font-sans text-xs">
      {name}
    </kbd>
  );
}

/** Every shortcut in words, and the choice of what sends a message. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const sendKey = useSendKey();
  return (
    <Dialog open onOpenChange={onClose} title={t("jump.shortcuts")}>
      <div className="scroll-pane px-5 pb-5">
        <dl className="divide-y divide-line">
          {SHORTCUTS.map(([id, keys]) => (
            <div key={id} className="flex min-h-10 items-center justify-between gap-4">
              <dt className="text-base">{t(`jump.key_${id}`)}</dt>
              <dd className="flex shrink-0 gap-1">
                {keys.map((key) => (
                  <Key key={key} name={key} />
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
          <span className="text-base">{t("jump.sendKey")}</span>
          <Segmented
            label={t("jump.sendKey")}
            value={sendKey}
            options={SEND_KEYS.map((value) => ({ value, label: t(`jump.sendKey_${value}`) }))}
            onChange={setSendKey}
          />
        </div>
      </div>
    </Dialog>
  );
}
