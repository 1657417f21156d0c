import type { ParticipationStore } from "./core/conversations/access.ts";
import { Indexer } from "./core/search/indexer.ts";
import { NewestHits } from "./core/search/newest-hits.ts";
import { SearchFiles } from "./core/search/search-files.ts";
import { SearchMessages } from "./core/search/search-messages.ts";
import type { CallLimit } from "./core/shared/limit.ts";
import { type Budget, SEARCH_BUDGET } from "./infra/rate-limit/budgets.ts";
import { SqlSearchIndex } from "./repository/search-index.ts";
import { SqlSearchReader } from "./repository/search-reader.ts";
import { SqlSegmentStore } from "./repository/segment-store.ts";
import type { Sql } from "./repository/sql.ts";

export interface SearchParts {
  readonly sql: Sql;
  readonly participations: ParticipationStore;
  readonly sharedLimit: (budget: Budget) => CallLimit;
  readonly onFault: (error: unknown) => void;
}

/** Builds what finds messages by their words and files by their names, and what keeps the index of them. */
export function composeSearch({ sql, participations, sharedLimit, onFault }: SearchParts) {
  const limit = sharedLimit(SEARCH_BUDGET);
  const reader = new SqlSearchReader(sql);
  const hits = new NewestHits({ index: new SqlSearchIndex(sql), reader, participations });
  return {
    searchMessages: new SearchMessages({ hits, limit }),
    searchFiles: new SearchFiles({ hits, limit, reader }),
    indexer: new Indexer({ store: new SqlSegmentStore(sql), clock: Date.now, onFault }),
  };
}
