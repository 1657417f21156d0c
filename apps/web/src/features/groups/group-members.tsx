import type { ConversationView } from "@im-webapp/client";
import type { Role } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import { ListHeading } from "../../ui/list-heading.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { RetryNotice } from "../../ui/retry.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { MemberList } from "./member-list.tsx";
import { OwnAlias } from "./own-alias.tsx";
import type { ListedMembers } from "./use-group-members.ts";

/** Groups up to this size are looked through at a glance. */
const SEARCHED_FROM = 10;

interface GroupMembersProps {
  readonly conversation: ConversationView;
  readonly members: ListedMembers;
  readonly ownRole: Role;
  /** The beginning of a name that is looked for. */
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** Who is in a group; the larger ones can be searched. */
export function GroupMembers({ conversation, members, ownRole, query, onQuery }: GroupMembersProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { groupId = "", memberCount } = conversation;
  const { listing, self, loadMore, reload, refresh } = members;
  return (
    <>
      {self !== undefined && <OwnAlias groupId={groupId} self={self} onChanged={refresh} />}
      <section aria-label={t("groups.members")} className="flex-1 px-2 pt-2">
        <ListHeading text={t("groups.members")} />
        {(memberCount ?? Infinity) >= SEARCHED_FROM && (
          <div className="px-2 pb-2">
            <SearchField
              label={t("groups.findMember")}
              placeholder={t("groups.findMember")}
              value={query}
              onChange={onQuery}
            />
          </div>
        )}
        {listing.status === "loading" && <PeopleSkeleton rows={Math.min(memberCount ?? 3, 8)} />}
        {listing.status === "failed" && (
          <RetryNotice onRetry={reload}>
            {t("groups.loadFailed")} · {errorText(listing.error)}
          </RetryNotice>
        )}
        {listing.status === "ready" && listing.members.length === 0 && (
          <p className="px-2 py-3 text-sm text-ink-muted">{t("groups.nobodyFound")}</p>
        )}
        {listing.status === "ready" && (
          <MemberList
            groupId={groupId}
            members={listing.members}
            ownRole={ownRole}
            onChanged={refresh}
            onMore={listing.page === undefined ? undefined : loadMore}
          />
        )}
      </section>
    </>
  );
}
