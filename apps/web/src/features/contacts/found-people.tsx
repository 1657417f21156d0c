import type { User } from "@im-webapp/protocol";
import { CloudOff, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import type { FoundPeople as Found } from "./use-find-people.ts";

interface FoundPeopleProps {
  readonly found: Found;
  readonly query: string;
  /** Draws one of those found. */
  readonly children: (user: User) => ReactNode;
}

function Body({ found, query, children }: FoundPeopleProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  switch (found.status) {
    case "idle":
      return null;
    case "searching":
      return <PeopleSkeleton rows={3} />;
    case "failed":
      return (
        <EmptyState icon={CloudOff} title={errorText(found.error)}>
          <Button variant="secondary" onClick={found.retry}>
            {t("common.retry")}
          </Button>
        </EmptyState>
      );
    case "ready":
      if (found.users.length === 0) {
        return (
          <EmptyState
            icon={SearchX}
            title={t("contacts.noResults", { query: query.trim() })}
            hint={t("contacts.noResultsHint")}
          />
        );
      }
      return (
        <section aria-label={t("contacts.results")}>
          <ListHeading text={t("contacts.results")} />
          <ul>
            {found.users.map((user) => (
              <li key={user.userId}>{children(user)}</li>
            ))}
          </ul>
          {found.page !== undefined && (
            <Button variant="ghost" wide onClick={() => void found.loadMore()}>
              {t("common.loadMore")}
            </Button>
          )}
        </section>
      );
  }
}

/** What a search for people has found, or why nothing. */
export function FoundPeople(props: FoundPeopleProps) {
  const { t } = useTranslation();
  const { found } = props;
  return (
    <>
      <p role="status" className="sr-only">
        {found.status === "searching" && t("contacts.searching")}
        {found.status === "ready" && t("contacts.found", { count: found.users.length })}
      </p>
      <Body {...props} />
    </>
  );
}
