import type { User } from "@im-webapp/protocol";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { RetryNotice, RetryState } from "../../ui/retry.tsx";
import type { FoundPeople as Found } from "./use-find-people.ts";

interface FoundPeopleProps {
  readonly found: Found;
  readonly query: string;
  /** Draws one of those found. */
  readonly children: (user: User) => ReactNode;
}

/** Everybody found so far: those known first, and nobody twice. */
function allOf(found: Found): readonly User[] {
  if (found.status !== "ready") return found.known;
  const ids = new Set(found.known.map(({ userId }) => userId));
  return [...found.known, ...found.users.filter(({ userId }) => !ids.has(userId))];
}

interface NobodyProps {
  readonly found: Found;
  readonly query: string;
}

/** What stands there while nobody is found. */
function Nobody({ found, query }: NobodyProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  switch (found.status) {
    case "idle":
      return null;
    case "searching":
      return <PeopleSkeleton rows={3} />;
    case "failed":
      return <RetryState title={errorText(found.error)} onRetry={found.retry} />;
    case "ready":
      return (
        <EmptyState
          icon={SearchX}
          title={t("contacts.noResults", { query: query.trim() })}
          hint={t("contacts.noResultsHint")}
        />
      );
  }
}

/** What the server adds below those who are known: still on its way, failed, or more of it. */
function Foot({ found }: { readonly found: Found }) {
  const { t } = useTranslation();
  if (found.status === "searching") return <PeopleSkeleton rows={1} />;
  if (found.status === "failed") {
    return (
      <div className="px-2 pt-2">
        <RetryNotice tone="warning" onRetry={found.retry}>
          {t("contacts.onlyKnown")}
        </RetryNotice>
      </div>
    );
  }
  if (found.status !== "ready" || found.page === undefined) return null;
  return (
    <Button variant="ghost" wide onClick={() => void found.loadMore()}>
      {t("common.loadMore")}
    </Button>
  );
}

/** What a search for people has found, or why nothing. */
export function FoundPeople({ found, query, children }: FoundPeopleProps) {
  const { t } = useTranslation();
  const users = allOf(found);
  return (
    <>
      <p role="status" className="sr-only">
        {found.status === "searching" && t("contacts.searching")}
        {found.status === "ready" && t("contacts.found", { count: users.length })}
      </p>
      {users.length === 0 ? (
        <Nobody found={found} query={query} />
      ) : (
        <section aria-label={t("contacts.results")}>
          <ListHeading text={t("contacts.results")} />
          <ul>
            {users.map((user) => (
              <li key={user.userId}>{children(user)}</li>
            ))}
          </ul>
          <Foot found={found} />
        </section>
      )}
    </>
  );
}
