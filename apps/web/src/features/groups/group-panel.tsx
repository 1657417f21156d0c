import type { ConversationView } from "@im-webapp/client";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useMediaQuery, WIDE } from "../../lib/use-media-query.ts";
import { focusContent } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import type { DetailsPanel } from "../conversation/use-details-panel.ts";
import { GroupDetails } from "./group-details.tsx";

interface GroupPanelProps {
  readonly conversation: ConversationView;
  readonly panel: DetailsPanel;
}

/** Closes the panel on Esc, unless something above it has used the key. */
function useEscape(panel: DetailsPanel, isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) panel.close();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [panel, isActive]);
}

/** A group's details: beside the conversation on wide screens, over it elsewhere. */
export function GroupPanel({ conversation, panel }: GroupPanelProps) {
  const { t } = useTranslation();
  const isWide = useMediaQuery(WIDE);
  useEscape(panel, isWide && panel.isOpen);

  const header = (title: React.ReactNode) => (
    <header className="flex h-15 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
      {title}
      <IconButton icon={X} label={t("common.close")} onClick={panel.close} />
    </header>
  );
  const titleClass = "min-w-0 flex-1 truncate text-lg font-semibold";

  if (isWide) {
    if (!panel.isOpen) return null;
    return (
      <aside
        aria-label={t("groups.details")}
        className="flex w-panel shrink-0 animate-slide-in flex-col border-l border-line bg-surface"
      >
        {header(<h2 className={titleClass}>{t("groups.details")}</h2>)}
        <GroupDetails conversation={conversation} />
      </aside>
    );
  }
  return (
    <Dialog.Root open={panel.isOpen} onOpenChange={(open) => !open && panel.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 animate-fade-in bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusContent}
          className="fixed inset-y-0 right-0 z-20 flex w-full animate-slide-in flex-col bg-surface pt-safe-top pb-safe-bottom shadow-overlay outline-none sm:w-90"
        >
          {header(<Dialog.Title className={titleClass}>{t("groups.details")}</Dialog.Title>)}
          <GroupDetails conversation={conversation} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
