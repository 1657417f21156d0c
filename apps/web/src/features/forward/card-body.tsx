import type { CardContent } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { conversationPath } from "../conversation/conversation-path.ts";

interface FaceProps {
  readonly id: string;
  readonly name: string;
  /** A group's picture. */
  readonly src?: string | undefined;
  readonly label: string;
}

function Face({ id, name, src, label }: FaceProps) {
  return (
    <>
      <Avatar id={id} name={name} src={src} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium text-ink">{name}</span>
        <span className="text-xs text-ink-muted">{label}</span>
      </span>
    </>
  );
}

/** Somebody's card, or a group's: leads to the person, or into a group that one is in. */
export function CardBody({ card: { userId, groupId, name } }: { readonly card: CardContent }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const own = useClientState((state) =>
    groupId === undefined ? undefined : state.conversations.find((view) => view.groupId === groupId),
  );
  const row = "flex w-60 max-w-full items-center gap-3 rounded-sm py-1";
  if (userId !== undefined) {
    return (
      <Link to={`/u/${encodeURIComponent(userId)}`} className={row}>
        <Face id={userId} name={nameOf(userId, { displayName: name })} label={t("forward.personCard")} />
      </Link>
    );
  }
  const face = (
    <Face id={groupId ?? ""} name={own?.title ?? name} src={own?.avatar} label={t("forward.groupCardLabel")} />
  );
  if (own === undefined) return <span className={row}>{face}</span>;
  return (
    <Link to={conversationPath(own.conversationId)} className={row}>
      {face}
    </Link>
  );
}
