import type { ConversationView } from "@im-webapp/client";
import { Bookmark, Megaphone } from "lucide-react";
import { useNameOf } from "../../app/names.ts";
import { usePortrait } from "../../lib/use-portrait.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { IconAvatar } from "../../ui/icon-avatar.tsx";
import { MosaicAvatar } from "../../ui/mosaic-avatar.tsx";
import { useGroupFaces } from "../groups/group-faces.ts";
import { useConversationTitle, useIsSaved } from "./conversation-title.ts";

interface ConversationAvatarProps {
  readonly conversation: ConversationView;
  readonly className?: string | undefined;
}

function GroupMosaic({ conversation, className }: ConversationAvatarProps) {
  const nameOf = useNameOf();
  const faces = useGroupFaces(conversation);
  const title = useConversationTitle(conversation);
  if (faces.length === 0) {
    return <Avatar id={conversation.groupId ?? conversation.conversationId} name={title} className={className} />;
  }
  return <MosaicAvatar faces={faces.map((id) => ({ id, name: nameOf(id) }))} className={className} />;
}

/** A group's picture; while it cannot be loaded, and without one, the members' faces. */
function GroupPicture({ conversation, className }: ConversationAvatarProps) {
  const title = useConversationTitle(conversation);
  const { conversationId, groupId = conversationId, avatar } = conversation;
  const { src, onError } = usePortrait(groupId, avatar);
  if (src === undefined) return <GroupMosaic conversation={conversation} className={className} />;
  return <Avatar id={groupId} name={title} src={src} className={className} onError={onError} />;
}

/** A conversation's portrait: the other one's, a group's picture, or the members' faces of a group without one. */
export function ConversationAvatar({ conversation, className }: ConversationAvatarProps) {
  const title = useConversationTitle(conversation);
  const isSaved = useIsSaved(conversation);
  if (conversation.type === "system") return <IconAvatar icon={Megaphone} className={className} />;
  if (isSaved) return <IconAvatar icon={Bookmark} className={className} />;
  if (conversation.type === "group") return <GroupPicture conversation={conversation} className={className} />;
  return <Avatar id={conversation.peerId ?? conversation.conversationId} name={title} className={className} />;
}
