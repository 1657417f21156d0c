import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useClient } from "@im-webapp/react";
import { conversationPath } from "../conversation/conversation-path.ts";
import { CardGate } from "./card-gate.tsx";
import { GroupCard } from "./group-card.tsx";
import { useAnswer } from "./use-answer.ts";
import { useOwnRequests } from "./use-own-requests.ts";

/** A group that somebody has come upon, and the way to ask to be let in. */
export function GroupCardPage() {
  const { groupId = "" } = useParams();
  return <FoundGroup key={groupId} groupId={groupId} />;
}

function FoundGroup({ groupId }: { readonly groupId: string }) {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const ask = useCallback(() => client.joining.card(groupId), [client, groupId]);
  const asked = useAnswer(ask, useOwnRequests());

  const join = async (greeting: string) => {
    const { status } = await client.joining.apply(groupId, greeting);
    const card = await ask();
    asked.replace(card);
    const { conversationId } = card.group;
    if (status === "accepted" && conversationId !== undefined) await navigate(conversationPath(conversationId));
  };
  const withdraw = async (applicationId: string) => {
    await client.joining.withdraw(applicationId);
    asked.replace(await ask());
  };

  return (
    <CardGate asked={asked} missing={{ title: t("joining.unknownGroup"), hint: t("joining.unknownGroupHint") }}>
      {({ group, joining, application }) => (
        <GroupCard group={group} joining={joining} application={application} onJoin={join} onWithdraw={withdraw} />
      )}
    </CardGate>
  );
}
