import type { User } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { PresenceLine } from "../presence/presence-line.tsx";
import { usePresence } from "../presence/use-presence.ts";

interface PersonLinesProps {
  readonly user: Pick<User, "userId" | "displayName">;
  /** What one calls them. */
  readonly name: string;
}

/** What else there is to say of somebody by their name: their own, where one calls them otherwise, and whether they are here. */
export function PersonLines({ user, name }: PersonLinesProps) {
  const { t } = useTranslation();
  const isOwn = useClientState((state) => state.me?.userId === user.userId);
  const alias = useClientState((state) => state.contacts.get(user.userId)?.alias);
  const presence = usePresence(isOwn ? undefined : user.userId);
  return (
    <>
      {alias !== undefined && alias === name && (
        <span className="text-center">{t("people.realName", { name: user.displayName })}</span>
      )}
      <PresenceLine presence={presence} />
    </>
  );
}
