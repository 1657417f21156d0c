import type { Application, EpochMs, UserId } from "@im-webapp/protocol";
import type { StoredApplication } from "../timeline/relations.ts";

/** Reads applications. */
export interface ApplicationReader {
  find(applicationId: string): Promise<StoredApplication | undefined>;
  /**
   * Up to `limit` applications that the user has made or may answer, changed last first: those that come after the one
   * that was changed at `before` and has that id.
   */
  list(
    userId: UserId,
    before: { readonly updatedAt: EpochMs; readonly applicationId: string } | undefined,
    limit: number,
  ): Promise<Application[]>;
}
