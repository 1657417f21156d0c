import type { ConversationView } from "@im-webapp/client";
import { Megaphone, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { IconButton } from "../../ui/icon-button.tsx";

/** What a group's admins have announced, until it has been read: closing it says so on all devices. */
export function AnnouncementBanner({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const client = useClient();
  const [closed, setClosed] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const { announcement, groupId } = conversation;
  if (announcement === undefined || groupId === undefined || announcement.at <= closed) return null;
  const close = () => {
    setClosed(announcement.at);
    // Without the server it is only closed here, and shown again at the next visit.
    client.groups.readAnnouncement(groupId, announcement.at).catch(() => undefined);
  };
  return (
    <section
      aria-label={t("groups.announcement")}
      className="flex items-start gap-2 border-b border-line bg-selected py-1 pr-1 pl-4"
    >
      <Megaphone aria-hidden className="mt-2.5 size-5 shrink-0 text-accent-ink" strokeWidth={1.75} />
      <button
        type="button"
        aria-expanded={isOpen}
        className="min-h-control min-w-0 flex-1 rounded-sm py-2 text-left text-base focus-visible:-outline-offset-2"
        onClick={() => setOpen(!isOpen)}
      >
        <span
          className={
            isOpen ? "block max-h-60 overflow-y-auto wrap-anywhere whitespace-pre-wrap" : "line-clamp-2 wrap-anywhere"
          }
        >
          {announcement.text}
        </span>
      </button>
      <IconButton icon={X} label={t("groups.announcementRead")} onClick={close} />
    </section>
  );
}
