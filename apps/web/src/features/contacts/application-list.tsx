import type { Application } from "@im-webapp/protocol";
import { Bell, UserRoundPlus, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useApplications } from "../../app/use-applications.ts";
import { viewOf } from "../../lib/applications.ts";
import { useErrorText } from "../../lib/error-text.ts";
import { useNow } from "../../lib/use-now.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { IconAvatar } from "../../ui/icon-avatar.tsx";
import { Notice } from "../../ui/notice.tsx";

/** The two answers, in place. Whatever the type is: the server knows what an answer brings about. */
export function ApplicationAnswers({ applicationId }: { readonly applicationId: string }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [state, setState] = useState<{ busy?: "accept" | "refuse"; problem?: string }>({});
  const answer = async (what: "accept" | "refuse") => {
    if (state.busy) return;
    setState({ busy: what });
    try {
      await client.contacts[what](applicationId);
      setState({});
    } catch (error) {
      setState({ problem: errorText(error) });
    }
  };
  return (
    <>
      <span className="flex gap-2">
        <Button busy={state.busy === "accept"} onClick={() => void answer("accept")}>
          {t("people.accept")}
        </Button>
        <Button variant="secondary" busy={state.busy === "refuse"} onClick={() => void answer("refuse")}>
          {t("people.refuse")}
        </Button>
      </span>
      <div role="alert" className="w-full empty:hidden">
        {state.problem !== undefined && <Notice tone="danger">{state.problem}</Notice>}
      </div>
    </>
  );
}

function useAbout({ type, target, description, applicant }: Application): string {
  const { t } = useTranslation();
  const ownId = useClientState((state) => state.me?.userId);
  const group = useClientState((state) => {
    return type === "group" ? state.conversations.find(({ groupId }) => groupId === target)?.title : undefined;
  });
  if (type === "group" && applicant !== ownId) {
    const to = group === undefined ? t("people.group") : t("people.groupNamed", { name: group });
    return description === "" ? to : `${to} · ${description}`;
  }
  if (description !== "") return description;
  return applicant === ownId ? t("people.yours") : t("people.noGreeting");
}

function ApplicationRow({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const ownId = useClientState((state) => state.me?.userId ?? "");
  const view = viewOf(application, ownId, useNow());
  const about = useAbout(application);
  const { applicant, target, type } = application;
  const isOwn = applicant === ownId;
  const ownGroup = useClientState((state) => {
    if (!isOwn || type !== "group") return undefined;
    return state.conversations.find(({ groupId }) => groupId === target)?.title ?? t("people.ownGroup");
  });
  // One's own is about whom or what it is made to; another's about who made it.
  const aboutId = isOwn ? target : (applicant ?? target);
  const name = ownGroup ?? nameOf(aboutId);
  const state =
    view === "answerable"
      ? undefined
      : isOwn && view === "accepted"
        ? t("people.wasAccepted")
        : isOwn && view === "refused"
          ? t("people.wasRefused")
          : t(`people.${view}`);
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <Link
        to={`/${ownGroup === undefined ? "u" : "g"}/${encodeURIComponent(aboutId)}`}
        className="flex min-h-control min-w-0 flex-1 basis-52 items-center gap-3 rounded-md"
      >
        {ownGroup === undefined ? <Avatar id={aboutId} name={name} /> : <IconAvatar icon={UsersRound} />}
        <span className="min-w-0 flex-1">
          <span className="block truncate text-base font-medium">{name}</span>
          <span className="line-clamp-2 text-sm wrap-anywhere text-ink-muted">{about}</span>
        </span>
      </Link>
      {state === undefined ? (
        <ApplicationAnswers applicationId={application.applicationId} />
      ) : (
        <span className="shrink-0 text-sm text-ink-muted">{state}</span>
      )}
    </li>
  );
}

interface ApplicationListProps {
  /** Only those of this type; absent: all. */
  readonly type?: Application["type"];
}

/** Applications that one has made or may answer, of every type, to be answered in place. */
export function ApplicationList({ type }: ApplicationListProps) {
  const { t } = useTranslation();
  const applications = useApplications().filter((application) => type === undefined || application.type === type);
  if (applications.length === 0) {
    return type === "friend" ? (
      <EmptyState icon={UserRoundPlus} title={t("people.noRequests")} hint={t("people.noRequestsHint")} />
    ) : (
      <EmptyState icon={Bell} title={t("people.noNotices")} hint={t("people.noNoticesHint")} />
    );
  }
  return (
    <ul className="divide-y divide-line rounded-lg bg-surface shadow-raised">
      {applications.map((application) => (
        <ApplicationRow key={application.applicationId} application={application} />
      ))}
    </ul>
  );
}
