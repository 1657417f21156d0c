import type { UserId } from "@im-webapp/protocol";
import { SYSTEM_SENDER } from "@im-webapp/protocol";
import { createContext, use, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";

/** What a list says of somebody whose profile may not be held here yet. */
export interface Named {
  readonly displayName: string;
  /** What they go by in the group of the list. */
  readonly alias?: string;
}

export type NameOf = (userId: UserId, listed?: Named) => string;

/** What people go by in the group on the screen, by their id. */
export type Aliases = ReadonlyMap<UserId, string>;

export const NO_ALIASES: Aliases = new Map();

/** Given around what shows one group. */
export const AliasContext = createContext<Aliases>(NO_ALIASES);

/**
 * What to call a user, everywhere: one's own alias for them, what they go by in the group on the screen, or their
 * display name; that an account was deleted; an ellipsis until it is known. Changes when any name becomes known.
 */
export function useNameOf(): NameOf {
  const { t } = useTranslation();
  const users = useClientState((state) => state.users);
  const me = useClientState((state) => state.me);
  const aliases = use(AliasContext);
  const contacts = useClientState((state) => state.contacts);
  return useCallback(
    (userId, listed) => {
      if (userId === SYSTEM_SENDER) return t("conversation.system");
      const user = userId === me?.userId ? me : users.get(userId);
      if (user?.deleted) return t("people.deletedAccount");
      const alias = contacts.get(userId)?.alias ?? listed?.alias ?? aliases.get(userId);
      return alias ?? user?.displayName ?? listed?.displayName ?? "…";
    },
    [users, contacts, me, aliases, t],
  );
}

/** Whether a name stands for who does something or for whom it is done to: English tells You from you. */
export type Part = "subject" | "object";

/** The same, with the person at the screen called 你/You: for sentences about who did what. */
export function useActorName(): (userId: UserId, part: Part) => string {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const ownId = useClientState((state) => state.me?.userId);
  return useCallback(
    (userId, part) => {
      if (userId === SYSTEM_SENDER) return t("system.actor");
      if (userId !== ownId) return nameOf(userId);
      return part === "subject" ? t("common.you") : t("common.youObject");
    },
    [nameOf, ownId, t],
  );
}
