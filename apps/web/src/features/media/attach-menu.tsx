import type { ConversationId } from "@im-webapp/protocol";
import { File as FileIcon, Image, MapPin, Paperclip } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { LocationDialog } from "../forward/location-dialog.tsx";
import { MenuItem } from "../keeping/keeping-items.tsx";
import { menuClass } from "../../ui/menu-class.ts";
import { useMessageControl } from "../message-actions/message-control.ts";

interface AttachMenuProps {
  readonly conversationId: ConversationId;
  readonly onFiles: (files: readonly File[]) => void;
}

/** What else than text can be sent: pictures and films, any file, a place. */
export function AttachMenu({ conversationId, onFiles }: AttachMenuProps) {
  const { t } = useTranslation();
  const control = useMessageControl();
  const media = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const isLeaving = useRef(false);
  const leave = () => {
    isLeaving.current = true;
  };
  const take = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    const chosen = Array.from(currentTarget.files ?? []);
    // The same file may be chosen again.
    currentTarget.value = "";
    if (chosen.length > 0) onFiles(chosen);
  };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <IconButton icon={Paperclip} label={t("media.attach")} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content
          align="start"
          side="top"
          sideOffset={8}
          collisionPadding={8}
          className={menuClass}
          onCloseAutoFocus={(event) => {
            // What comes next asks for something else; the focus back at the button would open its tooltip over that.
            if (isLeaving.current) event.preventDefault();
            isLeaving.current = false;
          }}
        >
          <MenuItem
            parts={DropdownMenu}
            icon={Image}
            label={t("media.attachMedia")}
            onSelect={() => {
              leave();
              media.current?.click();
            }}
          />
          <MenuItem
            parts={DropdownMenu}
            icon={FileIcon}
            label={t("media.attachFile")}
            onSelect={() => {
              leave();
              files.current?.click();
            }}
          />
          <MenuItem
            parts={DropdownMenu}
            icon={MapPin}
            label={t("forward.sendLocation")}
            onSelect={() => {
              leave();
              control.show((close) => <LocationDialog conversationId={conversationId} onClose={close} />);
            }}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Root>
      <input
        ref={media}
        type="file"
        multiple
        hidden
        accept="image/*,video/*"
        aria-label={t("media.attachMedia")}
        onChange={take}
      />
      <input ref={files} type="file" multiple hidden aria-label={t("media.attachFile")} onChange={take} />
    </>
  );
}
