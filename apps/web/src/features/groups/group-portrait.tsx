import type { ConversationView } from "@im-webapp/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { PicturePicker } from "../profile/picture-picker.tsx";

interface GroupPortraitProps {
  readonly conversation: ConversationView;
  readonly title: string;
  /** Such as the number of members. */
  readonly note: string | undefined;
  readonly canEdit: boolean;
}

/** A group's picture, name and size; its admins change the picture here. */
export function GroupPortrait({ conversation, title, note, canEdit }: GroupPortraitProps) {
  return (
    <div className="flex flex-col items-center px-4 pt-6 pb-4 text-center">
      <ConversationAvatar conversation={conversation} className="size-16" />
      <p className="mt-3 max-w-full text-lg font-semibold wrap-anywhere">{title}</p>
      {note !== undefined && <p className="figures text-sm text-ink-muted">{note}</p>}
      {canEdit && <PictureButtons conversation={conversation} />}
    </div>
  );
}

function PictureButtons({ conversation: { groupId = "", avatar } }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [isRemoving, setRemoving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const remove = async () => {
    setRemoving(true);
    setProblem(null);
    try {
      await client.groups.removeAvatar(groupId);
    } catch (error) {
      setProblem(errorText(error));
    }
    setRemoving(false);
  };

  return (
    <div className="mt-3 flex flex-col gap-2">
      <PicturePicker
        label={t(avatar === undefined ? "groups.choosePicture" : "groups.changePicture")}
        onPick={async (image) => {
          await client.groups.setAvatar(groupId, image);
        }}
      >
        {avatar !== undefined && (
          <Button variant="danger-ghost" busy={isRemoving} onClick={() => void remove()}>
            {t(isRemoving ? "groups.removing" : "groups.removePicture")}
          </Button>
        )}
      </PicturePicker>
      <div role="alert" className="empty:hidden">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
    </div>
  );
}
