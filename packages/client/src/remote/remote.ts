import type { Me, UserId } from "@im-webapp/protocol";
import { loadPart } from "../async/load-part.ts";
import type { ChangeQueue } from "../outbox/change-queue.ts";
import type { Uploads } from "../outbox/uploads.ts";
import type { PersonRecord } from "../people/person-record.ts";
import type { AccountStore } from "../store/local-store.ts";
import type { Directory } from "../users/directory.ts";
import type { Api } from "../transport/api.ts";

/** What calls to the server need of the client. */
export interface RemoteContext {
  /** Of the server. */
  readonly origin: string;
  /** Sends an authorized REST call; a rejection is an `ImError`. */
  readonly send: Api["send"];
  /** The signed-in account. @throws {ImError} `UNAUTHENTICATED` */
  account(): RemoteAccount;
  /** Asks for the signed-in user, shows the answer and keeps it for the next start. */
  keepMe(ask: () => Promise<Me>): Promise<Me>;
}

/** What such calls need of the account. */
export interface RemoteAccount {
  readonly me: { readonly userId: UserId };
  readonly directory: Pick<Directory, "learn" | "want">;
  readonly unsent: {
    readonly changes: Pick<ChangeQueue, "add" | "dismiss">;
    readonly uploads: Pick<Uploads, "local">;
  };
  /** What this device has of the account. */
  readonly store: Pick<AccountStore, "cached" | "messages">;
  /** Looks for a conversation that its push should show soon, and pulls if that does not come. */
  expectConversation(conversationId: string): void;
  /** The same for what has become of a contact or an application. */
  expectPerson(record: PersonRecord): void;
}

/** Calls of one area: methods that ask the server, and nothing else. */
export type Remote<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (...parameters: never[]) => Promise<unknown>
    ? Calls[Name]
    : never;
};

/**
 * Calls that only the server can answer, whose code is loaded when the first of them is made: a page need not wait for
 * it to show what is stored. Where it cannot be loaded the call rejects with `UNAVAILABLE`, and the next one tries again.
 */
export function remote<Calls extends object>(load: () => Promise<Calls>): Remote<Calls> {
  let loaded: Promise<Calls> | undefined;
  const calls = async () => {
    try {
      return await (loaded ??= loadPart(load));
    } catch (error) {
      loaded = undefined;
      throw error;
    }
  };
  return new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, name) =>
        // Only asked for by `await`, which would take this for a promise.
        name === "then"
          ? undefined
          : async (...parameters: unknown[]) => {
              const area = (await calls()) as Record<PropertyKey, (...parameters: unknown[]) => Promise<unknown>>;
              return area[name]?.(...parameters);
            },
    },
  ) as Remote<Calls>;
}
