import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useClient } from "@im-webapp/react";
import { conversationPath } from "../conversation/conversation-path.ts";
import { CardGate } from "./card-gate.tsx";
import { GroupCard } from "./group-card.tsx";
import { useAnswer } from "./use-answer.ts";
import { useOwnRequests } from "./use-own-requests.ts";

/** Where an invitation link leads: the group, who invites, and the way in. */
export function JoinPage() {
  const { token = "" } = useParams();
  return <Invitation key={token} token={token} />;
}

function Invitation({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const asked = useAnswer(
    useCallback(() => client.joining.invitation(token), [client, token]),
    useOwnRequests(),
  );

  const join = async (greeting: string) => {
    try {
      const card = await client.joining.accept(token, greeting);
      asked.replace(card);
      if (card.group.conversationId !== undefined) await navigate(conversationPath(card.group.conversationId));
    } catch (error) {
      // It may have ended while it was looked at; then the card says so.
      const now = await client.joining.invitation(token).catch(() => null);
      if (now !== null) asked.replace(now);
      throw error;
    }
  };
  const withdraw = async (applicationId: string) => {
    await client.joining.withdraw(applicationId);
    asked.replace(await client.joining.invitation(token));
  };

  return (
    <CardGate asked={asked} missing={{ title: t("joining.unknown"), hint: t("joining.unknownHint") }}>
      {({ group, inviter, state, joining, application }) => (
        <GroupCard
          group={group}
          about={t("joining.invitedBy", { name: inviter.displayName })}
          joining={joining}
          application={application}
          ended={state === "open" ? undefined : t(`joining.ended.${state}`)}
          onJoin={join}
          onWithdraw={withdraw}
        />
      )}
    </CardGate>
  );
}
