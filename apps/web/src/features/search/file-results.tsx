import type { FileHit } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { ListHeading } from "../../ui/list-heading.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { FileRow } from "./file-row.tsx";
import { HitsFoot } from "./hits-foot.tsx";
import type { Search } from "./search-params.ts";
import type { Hits } from "./use-hits.ts";

/** Files that stand above the messages; all of them have a list of their own. */
const MOST_BESIDE_MESSAGES = 3;

interface FilesProps {
  readonly search: Search;
  readonly found: Hits<FileHit>;
}

/** The first files that were found, above the messages, with the way to all. */
export function FirstFiles({ search, found, onAll }: FilesProps & { readonly onAll: () => void }) {
  const { t } = useTranslation();
  const { hits, page } = found;
  if (hits.length === 0) return null;
  return (
    <section aria-label={t("search.filesFound")}>
      <div className="flex items-baseline justify-between pr-2">
        <ListHeading text={t("search.filesFound")} />
        {(hits.length > MOST_BESIDE_MESSAGES || page !== undefined) && (
          <TextButton className="text-sm" onClick={onAll}>
            {t("search.allFiles")}
          </TextButton>
        )}
      </div>
      <FileList search={search} hits={hits.slice(0, MOST_BESIDE_MESSAGES)} />
    </section>
  );
}

/** All files that were found, page by page. */
export function AllFiles({ search, found }: FilesProps) {
  const { t } = useTranslation();
  const { hits } = found;
  return (
    <section aria-label={t("search.filesFound")}>
      <FileList search={search} hits={hits} />
      <HitsFoot found={found} />
    </section>
  );
}

function FileList({ search, hits }: { readonly search: Search; readonly hits: readonly FileHit[] }) {
  return (
    <ul>
      {hits.map((hit) => (
        <li key={hit.message.messageId}>
          <FileRow hit={hit} search={search} />
        </li>
      ))}
    </ul>
  );
}
