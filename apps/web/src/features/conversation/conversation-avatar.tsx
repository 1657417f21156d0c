import type { ConversationView } from "@im-webapp/client";
import { Bookmark, Megaphone } from "lucide-react";
import { useNameOf } from "../../app/names.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { IconAvatar } from "../../ui/icon-avatar.tsx";
import { MosaicAvatar } from "../../ui/mosaic-avatar.tsx";
import { useGroupFaces } from "../groups/group-faces.ts";
import { useConversationTitle, useIsSaved } from "./conversation-title.ts";

interface ConversationAvatarProps {
  readonly conversation: ConversationView;
  readonly className?: string;
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

/** A conversation's portrait: the other one's, a group's picture, or the members' faces of a group without one. */
export function ConversationAvatar({ conversation, className }: ConversationAvatarProps) {
  const title = useConversationTitle(conversation);
  const isSaved = useIsSaved(conversation);
  if (conversation.type === "system") return <IconAvatar icon={Megaphone} className={className} />;
  if (isSaved) return <IconAvatar icon={Bookmark} className={className} />;
  if (conversation.type === "group" && conversation.avatar === undefined) {
    return <GroupMosaic conversation={conversation} className={className} />;
  }
  const id = conversation.peerId ?? conversation.groupId ?? conversation.conversationId;
  return <Avatar id={id} name={title} src={conversation.avatar} className={className} />;
}
