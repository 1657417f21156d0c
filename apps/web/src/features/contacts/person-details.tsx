import type { ConversationView } from "@im-webapp/client";
import type { UserId } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { PersonHead } from "../../ui/person-card.tsx";
import { peerOf } from "../conversation/placeholder.ts";
import { KeepingSection } from "../keeping/keeping-section.tsx";
import { AboutPerson } from "../profile/about-person.tsx";
import { FindIn } from "../search/find-in.tsx";
import { ContactActions } from "./contact-actions.tsx";
import { PersonLines } from "./person-lines.tsx";
import { useLoadUser } from "./use-load-user.ts";

interface PersonDetailsProps {
  readonly conversation: ConversationView;
  readonly userId: UserId;
}

/** Who one is talking with, and what one can do about them and the conversation. */
export function PersonDetails({ conversation, userId }: PersonDetailsProps) {
  const { t } = useTranslation();
  const user = useClientState((state) => state.users.get(userId));
  const name = useNameOf()(userId, user);
  // What is held of them may be old; while it is asked for, or cannot be, it is shown all the same.
  useLoadUser(userId);
  // Of one that the server does not have yet there is nothing to keep and nothing to find.
  const isKept = peerOf(conversation.conversationId) === null;
  return (
    <div className="scroll-pane flex flex-1 flex-col pb-4">
      <div className="flex flex-col items-center px-4 pt-6 pb-4">
        {user !== undefined && (
          <PersonHead
            user={user}
            name={name}
            about={<PersonLines user={user} name={name} />}
            details={<AboutPerson user={user} />}
          />
        )}
      </div>
      {isKept && (
        <>
          <FindIn conversationId={conversation.conversationId} />
          <KeepingSection conversation={conversation} />
        </>
      )}
      {user?.deleted === true ? (
        <p className="px-4 pt-4 text-center text-sm text-ink-muted">{t("people.deletedHint")}</p>
      ) : (
        <div className="flex flex-col gap-3 px-4 pt-4">
          <ContactActions userId={userId} />
        </div>
      )}
    </div>
  );
}
