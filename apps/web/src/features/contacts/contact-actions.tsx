import { Ban, type LucideIcon, Pencil, Star, UserRoundMinus, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useApplications } from "../../app/use-applications.ts";
import { viewOf } from "../../lib/applications.ts";
import { useErrorText } from "../../lib/error-text.ts";
import { useNow } from "../../lib/use-now.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ShareCard } from "../forward/share-card.tsx";
import { ApplicationAnswers } from "./application-list.tsx";
import { AddDialog, AliasDialog } from "./contact-dialogs.tsx";

type Asked = "add" | "alias" | "block" | "remove";

/** The way to become contacts, at the place where it is: to be asked, asked already, or to be answered. */
function Becoming({ userId, onAdd }: { readonly userId: string; readonly onAdd: () => void }) {
  const { t } = useTranslation();
  const ownId = useClientState((state) => state.me?.userId ?? "");
  const now = useNow();
  const open = useApplications().filter(
    ({ type, applicant, target }) =>
      type === "friend" && (applicant === userId || (applicant === ownId && target === userId)),
  );
  const theirs = open.find((application) => viewOf(application, ownId, now) === "answerable");
  if (theirs) {
    return (
      <div className="flex flex-col items-center gap-2 rounded-md bg-hover p-3 text-center">
        <p className="max-w-full text-sm wrap-anywhere text-ink-muted">{theirs.description || t("people.answer")}</p>
        <ApplicationAnswers applicationId={theirs.applicationId} />
      </div>
    );
  }
  if (open.some((application) => viewOf(application, ownId, now) === "pending")) {
    return <p className="text-center text-sm text-ink-muted">{t("people.applied")}</p>;
  }
  return (
    <Button variant="secondary" wide onClick={onAdd}>
      <UserRoundPlus aria-hidden className="size-5" strokeWidth={1.75} />
      {t("people.add")}
    </Button>
  );
}

interface ActionProps {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly danger?: boolean;
  readonly onClick: () => void;
}

function Action({ icon: Icon, text, danger = false, onClick }: ActionProps) {
  return (
    <Button variant={danger ? "danger-ghost" : "ghost"} wide onClick={onClick}>
      <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      {text}
    </Button>
  );
}

/** All that can be done with another person but talking. */
export function ContactActions({ userId }: { readonly userId: string }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const contact = useClientState((state) => state.contacts.get(userId));
  const name = useNameOf()(userId);
  const [asked, setAsked] = useState<Asked>();
  const [problem, setProblem] = useState<string>();
  const isContact = contact?.since !== undefined;
  const isBlocked = contact?.blocked === true;
  const dialog = (which: Asked) => ({
    open: asked === which,
    onOpenChange: (open: boolean) => setAsked(open ? which : undefined),
  });
  const run = async (work: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  return (
    <>
      {isBlocked && <Notice tone="warning">{t("people.blockedNote")}</Notice>}
      {!isContact && !isBlocked && <Becoming userId={userId} onAdd={() => setAsked("add")} />}
      <div role="alert" className="empty:hidden">
        {problem !== undefined && <Notice tone="danger">{problem}</Notice>}
      </div>
      <div className="flex flex-col border-t border-line pt-3" role="group" aria-label={t("people.actions")}>
        {isContact && (
          <>
            <Action icon={Pencil} text={t("people.alias")} onClick={() => setAsked("alias")} />
            <Action
              icon={Star}
              text={t(contact.favourite ? "people.unfavourite" : "people.favourite")}
              onClick={() => void run(() => client.contacts.update(userId, { favourite: !contact.favourite }))}
            />
          </>
        )}
        <ShareCard userId={userId} />
        {isBlocked ? (
          <Action
            icon={Ban}
            text={t("people.unblock")}
            onClick={() => void run(() => client.contacts.unblock(userId))}
          />
        ) : (
          <Action icon={Ban} text={t("people.block")} danger onClick={() => setAsked("block")} />
        )}
        {isContact && (
          <Action icon={UserRoundMinus} text={t("people.remove")} danger onClick={() => setAsked("remove")} />
        )}
      </div>
      {asked === "add" && <AddDialog userId={userId} name={name} {...dialog("add")} />}
      {asked === "alias" && <AliasDialog userId={userId} {...dialog("alias")} />}
      <ConfirmDialog
        {...dialog("block")}
        title={t("people.blockTitle", { name })}
        text={t("people.blockText")}
        confirm={t("people.block")}
        busy={t("people.blocking")}
        onConfirm={async () => {
          await client.contacts.block(userId);
        }}
      />
      <ConfirmDialog
        {...dialog("remove")}
        title={t("people.removeTitle", { name })}
        text={t("people.removeText")}
        confirm={t("people.remove")}
        busy={t("people.removing")}
        onConfirm={async () => {
          await client.contacts.remove(userId);
        }}
      />
    </>
  );
}
