import type { Accounts } from "./accounts/accounts.ts";
import type { UpdateMe } from "./accounts/update-me.ts";
import type { Sessions } from "./accounts/sessions.ts";
import type { Applications } from "./applications/applications.ts";
import type { Blocks } from "./contacts/blocks.ts";
import type { Contacts } from "./contacts/contacts.ts";
import type { GroupMembers } from "./groups/members.ts";
import type { Groups } from "./groups/groups.ts";
import type { Invitations } from "./groups/invitations.ts";
import type { ChangeMessage } from "./messages/change-message.ts";
import type { GetReceipts } from "./messages/get-receipts.ts";
import type { PullChanges } from "./messages/pull-changes.ts";
import type { MarkRead } from "./messages/mark-read.ts";
import type { PullHistory } from "./messages/pull-history.ts";
import type { SendMessage } from "./messages/send-message.ts";
import type { People } from "./people/people.ts";
import type { Presence } from "./presence/presence.ts";
import type { ServerAccounts } from "./server-api/server-accounts.ts";
import type { ServerGroups } from "./server-api/server-groups.ts";
import type { ServerMessages } from "./server-api/server-messages.ts";
import type { Sync } from "./timeline/sync.ts";
import type { SetTyping } from "./typing/set-typing.ts";

/** Every use case, wired. What the ports call. */
export interface Core {
  readonly accounts: Accounts;
  readonly updateMe: UpdateMe;
  readonly sessions: Sessions;
  readonly people: People;
  readonly contacts: Contacts;
  readonly blocks: Blocks;
  readonly applications: Applications;
  readonly groups: Groups;
  readonly groupMembers: GroupMembers;
  readonly invitations: Invitations;
  readonly sendMessage: SendMessage;
  readonly changeMessage: ChangeMessage;
  readonly pullChanges: PullChanges;
  readonly getReceipts: GetReceipts;
  readonly markRead: MarkRead;
  readonly pullHistory: PullHistory;
  readonly setTyping: SetTyping;
  readonly presence: Presence;
  readonly sync: Sync;
  readonly serverAccounts: ServerAccounts;
  readonly serverGroups: ServerGroups;
  readonly serverMessages: ServerMessages;
}
