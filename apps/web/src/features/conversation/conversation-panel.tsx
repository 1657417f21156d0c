import type { ConversationView } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { SidePanel } from "../../ui/side-panel.tsx";
import { PersonDetails } from "../contacts/person-details.tsx";
import { GroupDetails } from "../groups/group-details.tsx";
import { useIsSaved } from "./conversation-title.ts";
import type { DetailsPanel } from "./use-details-panel.ts";

/** Whether there is more to say of a conversation than it shows itself. */
export function useHasDetails(conversation: ConversationView): boolean {
  const isSaved = useIsSaved(conversation);
  const { type, peerId } = conversation;
  return type === "group" || (type === "direct" && peerId !== undefined && !isSaved);
}

interface ConversationPanelProps {
  readonly conversation: ConversationView;
  readonly panel: DetailsPanel;
}

/** The details of a group, or of a conversation with one other person. */
export function ConversationPanel({ conversation, panel }: ConversationPanelProps) {
  const { t } = useTranslation();
  if (!useHasDetails(conversation)) return null;
  const { type, peerId } = conversation;
  return (
    <SidePanel
      title={t(type === "group" ? "groups.details" : "conversation.personDetails")}
      isOpen={panel.isOpen}
      onClose={panel.close}
    >
      {type === "group" || peerId === undefined ? (
        <GroupDetails conversation={conversation} />
      ) : (
        <PersonDetails key={peerId} conversation={conversation} userId={peerId} />
      )}
    </SidePanel>
  );
}
