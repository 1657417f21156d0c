import { MessageCircle, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { BackHeader } from "../../ui/back-header.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PersonCard } from "../../ui/person-card.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { AboutPerson } from "../profile/about-person.tsx";
import { ContactActions } from "./contact-actions.tsx";
import { PersonLines } from "./person-lines.tsx";
import { useLoadUser } from "./use-load-user.ts";
import { conversationPath } from "../conversation/conversation-path.ts";

function MessageButton({ userId }: { readonly userId: string }) {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const [state, setState] = useState<{ busy: boolean; problem?: string }>({ busy: false });
  const open = async () => {
    setState({ busy: true });
    try {
      const conversationId = await client.openDirect(userId);
      await navigate(conversationPath(conversationId));
    } catch (error) {
      setState({ busy: false, problem: errorText(error) });
    }
  };
  return (
    <>
      <Button busy={state.busy} wide onClick={() => void open()}>
        <MessageCircle aria-hidden className="size-5" strokeWidth={1.75} />
        {t("contacts.message")}
      </Button>
      <div role="alert" className="empty:-mt-3">
        {state.problem !== undefined && <Notice tone="danger">{state.problem}</Notice>}
      </div>
    </>
  );
}

function CardSkeleton() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-4">
      <Skeleton className="size-20 rounded-lg" />
      <Skeleton className="h-5 w-32" />
      <Skeleton className="h-4 w-24" />
    </div>
  );
}

function Card({ userId }: { readonly userId: string }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const user = useClientState((state) => (state.me?.userId === userId ? state.me : state.users.get(userId)));
  const isOwn = useClientState((state) => state.me?.userId === userId);
  const name = useNameOf()(userId, user);
  const loaded = useLoadUser(userId);

  if (user !== undefined) {
    return (
      <div className="scroll-pane flex flex-1 p-5">
        <div className="m-auto w-full max-w-80">
          <PersonCard
            user={user}
            name={name}
            about={<PersonLines user={user} name={name} />}
            details={<AboutPerson user={user} />}
          >
            {isOwn ? (
              <>
                <p className="text-center text-sm text-ink-muted">{t("contacts.isYou")}</p>
                <Link to="/settings/profile" className={buttonClass("secondary", true)}>
                  {t("contacts.editMe")}
                </Link>
              </>
            ) : user.deleted ? (
              <p className="text-center text-sm text-ink-muted">{t("people.deletedHint")}</p>
            ) : (
              <>
                <MessageButton userId={userId} />
                <ContactActions userId={userId} />
              </>
            )}
          </PersonCard>
        </div>
      </div>
    );
  }
  if (loaded === "loading") return <CardSkeleton />;
  if (loaded !== "done" && wireErrorOf(loaded.error)?.code !== "NOT_FOUND") {
    return <EmptyState icon={UserRoundX} title={errorText(loaded.error)} />;
  }
  return <EmptyState icon={UserRoundX} title={t("contacts.userNotFound")} hint={t("contacts.userNotFoundHint")} />;
}

/** A person's card, and the way to talk with them. */
export function UserCardPage() {
  const { userId = "" } = useParams();
  const name = useNameOf()(userId);
  return (
    <>
      <BackHeader title={name} to="/contacts" isTitleHidden />
      <Card key={userId} userId={userId} />
    </>
  );
}
