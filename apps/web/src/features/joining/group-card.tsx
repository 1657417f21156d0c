import type { Application, GroupCard as Card, Joining } from "@im-webapp/protocol";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useErrorText } from "../../lib/error-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { conversationPath } from "../conversation/conversation-path.ts";

/** Longest greeting, as the server takes it, in UTF-16 units. */
const GREETING_LENGTH = 200;

interface GroupCardProps {
  readonly group: Card;
  /** Who invites, in a sentence. */
  readonly about?: string;
  readonly joining: Joining;
  readonly application: Application | undefined;
  /** Why nobody can come in this way any more. */
  readonly ended?: string | undefined;
  readonly onJoin: (greeting: string) => Promise<void>;
  readonly onWithdraw: (applicationId: string) => Promise<void>;
}

/** A group as one sees it who may not be in it yet, and the way in. */
export function GroupCard({ group, about, ...rest }: GroupCardProps) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <div className="scroll-pane flex flex-1 p-5">
      <section
        aria-labelledby={titleId}
        className="m-auto flex w-full max-w-90 flex-col items-center rounded-lg bg-surface p-6 shadow-overlay"
      >
        {about !== undefined && <p className="mb-5 text-center text-sm text-balance text-ink-muted">{about}</p>}
        <Avatar id={group.groupId} name={group.name} src={group.avatar} className="size-20" />
        <h2 id={titleId} className="mt-4 max-w-full text-center text-xl font-semibold wrap-anywhere">
          {group.name}
        </h2>
        <p className="figures text-base text-ink-muted">{t("groups.membersCount", { count: group.memberCount })}</p>
        {group.description !== "" && (
          <p className="mt-3 max-w-full text-center text-sm text-balance wrap-anywhere text-ink-muted">
            {group.description}
          </p>
        )}
        <div className="mt-6 flex w-full flex-col gap-3">
          <WayIn group={group} {...rest} />
        </div>
      </section>
    </div>
  );
}

function WayIn({ group, joining, application, ended, onJoin, onWithdraw }: Omit<GroupCardProps, "about">) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [greeting, setGreeting] = useState("");
  const [state, setState] = useState<{ readonly busy: boolean; readonly problem?: string }>({ busy: false });
  const run = async (what: () => Promise<void>) => {
    setState({ busy: true });
    try {
      await what();
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, problem: errorText(error) });
    }
  };
  const problem = (
    <div role="alert" className="empty:-mt-3">
      {state.problem !== undefined && <Notice tone="danger">{state.problem}</Notice>}
    </div>
  );

  if (group.isMember && group.conversationId !== undefined) {
    return (
      <Link to={conversationPath(group.conversationId)} className={buttonClass("primary", true)}>
        {t("joining.open")}
      </Link>
    );
  }
  if (application?.status === "pending") {
    return (
      <>
        <p role="status" className="text-center text-base text-balance">
          {t("joining.pending")}
        </p>
        {problem}
        <Button
          variant="secondary"
          wide
          busy={state.busy}
          onClick={() => void run(() => onWithdraw(application.applicationId))}
        >
          {state.busy ? t("joining.withdrawing") : t("joining.withdraw")}
        </Button>
      </>
    );
  }
  if (ended !== undefined || joining === "closed") {
    return (
      <div className="text-center">
        <p className="text-base font-medium text-balance">{ended ?? t("joining.closedHint")}</p>
        {ended !== undefined && <p className="mt-1 text-sm text-balance text-ink-muted">{t("joining.endedHint")}</p>}
      </div>
    );
  }
  if (joining === "join") {
    return (
      <>
        {problem}
        <Button wide busy={state.busy} onClick={() => void run(() => onJoin(""))}>
          {state.busy ? t("joining.joiningNow") : t("joining.join")}
        </Button>
      </>
    );
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!state.busy) void run(() => onJoin(greeting.trim()));
      }}
    >
      {application?.status === "refused" && (
        <p className="text-center text-sm text-balance text-ink-muted">{t("joining.refused")}</p>
      )}
      <TextField
        label={t("joining.greeting")}
        placeholder={t("joining.greetingPlaceholder")}
        hint={t("joining.approvalHint")}
        maxLength={GREETING_LENGTH}
        value={greeting}
        onChange={(event) => setGreeting(event.target.value)}
      />
      {problem}
      <Button type="submit" wide busy={state.busy}>
        {state.busy ? t("joining.applying") : t("joining.apply")}
      </Button>
    </form>
  );
}
