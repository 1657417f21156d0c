import type { Settings } from "../config/environment.ts";
import type { ParticipationStore } from "./core/conversations/access.ts";
import { Indexer } from "./core/search/indexer.ts";
import { NewestHits } from "./core/search/newest-hits.ts";
import { GentlePace, WITHOUT_REST } from "./core/search/pace.ts";
import { SearchFiles } from "./core/search/search-files.ts";
import { SearchMessages } from "./core/search/search-messages.ts";
import { SegmentTarget } from "./core/search/segment-target.ts";
import type { CallLimit } from "./core/shared/limit.ts";
import { type Budget, SEARCH_BUDGET } from "./infra/rate-limit/budgets.ts";
import { OpenSearchIndex } from "./infra/search/open-search-index.ts";
import { OpenSearchTarget } from "./infra/search/open-search-target.ts";
import { type EngineAddress, OpenSearch } from "./infra/search/open-search.ts";
import { SqlIndexPositions } from "./repository/index-positions.ts";
import { SqlIndexSource } from "./repository/index-source.ts";
import { SqlSearchIndex } from "./repository/search-index.ts";
import { SqlSearchReader } from "./repository/search-reader.ts";
import { SqlSegmentStore } from "./repository/segment-store.ts";
import type { Sql } from "./repository/sql.ts";
import { Unindexed } from "./repository/unindexed.ts";

export interface IndexParts {
  readonly sql: Sql;
  /** Where the index is kept; undefined: in the database. */
  readonly engine: EngineAddress | undefined;
  /** How the index is made beside what else the process does; absent: it does nothing else. */
  readonly pace?: GentlePace;
  readonly onFault: (error: unknown) => void;
}

export interface SearchParts extends Omit<IndexParts, "engine" | "pace"> {
  readonly settings: Pick<Settings, "searchEngine" | "searchIndexer">;
  readonly participations: ParticipationStore;
  readonly sharedLimit: (budget: Budget) => CallLimit;
}

/** Builds the index of words and what keeps it. */
export function composeIndex({ sql, engine, pace, onFault }: IndexParts) {
  const rests = pace ?? WITHOUT_REST;
  const source = new SqlIndexSource(sql, rests);
  const unindexed = new Unindexed(sql);
  const openSearch = engine && new OpenSearch(engine);
  const index = openSearch ? new OpenSearchIndex(openSearch, unindexed) : new SqlSearchIndex(sql, unindexed);
  const target = openSearch
    ? new OpenSearchTarget(openSearch, new SqlIndexPositions(sql), rests)
    : new SegmentTarget(source, new SqlSegmentStore(sql), rests);
  return {
    index,
    indexer: new Indexer({ source, target, clock: Date.now, pace, onFault }),
    close: () => openSearch?.close(),
  };
}

/** Builds what finds messages by their words and files by their names, and what keeps the index of them. */
export function composeSearch({ settings, sql, onFault, participations, sharedLimit }: SearchParts) {
  const { index, indexer, close } = composeIndex({
    sql,
    engine: settings.searchEngine,
    pace: new GentlePace(),
    onFault,
  });
  const limit = sharedLimit(SEARCH_BUDGET);
  const reader = new SqlSearchReader(sql);
  const hits = new NewestHits({ index, reader, participations });
  return {
    searchMessages: new SearchMessages({ hits, limit }),
    searchFiles: new SearchFiles({ hits, limit, reader }),
    start(): void {
      if (settings.searchIndexer) indexer.start();
    },
    async stop(): Promise<void> {
      await indexer.stop();
      await close();
    },
  };
}
