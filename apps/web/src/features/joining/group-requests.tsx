import type { Application, GroupId } from "@im-webapp/protocol";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { useNow } from "../../lib/use-now.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Applications to this group that wait for an answer, the oldest first. */
function useGroupRequests(groupId: GroupId): readonly Application[] {
  const applications = useClientState((state) => state.applications);
  const now = useNow();
  return useMemo(
    () =>
      [...applications.values()]
        .filter(({ type, target, status, expiresAt }) => {
          return type === "group" && target === groupId && status === "pending" && expiresAt > now;
        })
        .toSorted((a, b) => a.createdAt - b.createdAt),
    [applications, groupId, now],
  );
}

/** Who asks to come into a group, for its admins to answer. Nothing at all while nobody does. */
export function GroupRequests({ groupId }: { readonly groupId: GroupId }) {
  const { t } = useTranslation();
  const requests = useGroupRequests(groupId);
  const [problem, setProblem] = useState<string | null>(null);
  if (requests.length === 0 && problem === null) return null;
  return (
    <section aria-label={t("joining.requests")} className="px-2 pt-2">
      {requests.length > 0 && <ListHeading text={t("joining.requestsCount", { count: requests.length })} />}
      <div role="alert" className="px-2 empty:hidden">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
      <ul>
        {requests.map((request) => (
          <Request key={request.applicationId} request={request} onProblem={setProblem} />
        ))}
      </ul>
    </section>
  );
}

interface RequestProps {
  readonly request: Application;
  readonly onProblem: (problem: string | null) => void;
}

function Request({ request, onProblem }: RequestProps) {
  const { t } = useTranslation();
  const client = useClient();
  const nameOf = useNameOf();
  const errorText = useErrorText();
  const [busy, setBusy] = useState<"none" | "accept" | "refuse">("none");
  const { applicationId, applicant = "", proposer, description } = request;
  const name = nameOf(applicant);
  const words = [
    ...(description === "" ? [] : [description]),
    ...(proposer === undefined ? [] : [t("joining.proposedBy", { name: nameOf(proposer) })]),
  ].join(" · ");

  const answer = async (word: "accept" | "refuse") => {
    setBusy(word);
    onProblem(null);
    try {
      await client.contacts[word](applicationId);
    } catch (error) {
      // Another admin was faster; the list shows it in a moment.
      const isAnswered = wireErrorOf(error)?.code === "CONFLICT";
      onProblem(isAnswered ? t("joining.answeredMeanwhile") : errorText(error));
    } finally {
      setBusy("none");
    }
  };

  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md px-2 py-2">
      <Avatar id={applicant} name={name} />
      <span className="flex min-w-24 flex-1 flex-col">
        <span className="truncate text-base font-medium">{name}</span>
        {words !== "" && <span className="text-sm wrap-anywhere text-ink-muted">{words}</span>}
      </span>
      <span className="ml-auto flex gap-2">
        <Button
          variant="secondary"
          busy={busy === "refuse"}
          disabled={busy === "accept"}
          aria-label={t("joining.refuseLabel", { name })}
          onClick={() => void answer("refuse")}
        >
          {t("joining.refuse")}
        </Button>
        <Button
          busy={busy === "accept"}
          disabled={busy === "refuse"}
          aria-label={t("joining.acceptLabel", { name })}
          onClick={() => void answer("accept")}
        >
          {t("joining.accept")}
        </Button>
      </span>
    </li>
  );
}
