import type { ParticipationStore } from "./core/conversations/access.ts";
import { Indexer } from "./core/search/indexer.ts";
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

/** Builds what finds messages by their words, and what keeps the index of them. */
export function composeSearch({ sql, participations, sharedLimit, onFault }: SearchParts) {
  return {
    searchMessages: new SearchMessages({
      index: new SqlSearchIndex(sql),
      reader: new SqlSearchReader(sql),
      participations,
      limit: sharedLimit(SEARCH_BUDGET),
    }),
    indexer: new Indexer({ store: new SqlSegmentStore(sql), clock: Date.now, onFault }),
  };
}
