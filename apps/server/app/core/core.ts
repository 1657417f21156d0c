import type { Accounts } from "./accounts/accounts.ts";
import type { Sessions } from "./accounts/sessions.ts";
import type { GroupMembers } from "./groups/members.ts";
import type { Groups } from "./groups/groups.ts";
import type { ChangeMessage } from "./messages/change-message.ts";
import type { GetReceipts } from "./messages/get-receipts.ts";
import type { PullChanges } from "./messages/pull-changes.ts";
import type { MarkRead } from "./messages/mark-read.ts";
import type { PullHistory } from "./messages/pull-history.ts";
import type { SendMessage } from "./messages/send-message.ts";
import type { People } from "./people/people.ts";
import type { Portraits } from "./portraits/portraits.ts";
import type { Presence } from "./presence/presence.ts";
import type { Avatar } from "./profile/avatar.ts";
import type { UpdateMe } from "./profile/update-me.ts";
import type { AccountSecurity } from "./security/account-security.ts";
import type { Devices } from "./security/devices.ts";
import type { ServerAccounts } from "./server-api/server-accounts.ts";
import type { ServerGroups } from "./server-api/server-groups.ts";
import type { ServerMessages } from "./server-api/server-messages.ts";
import type { Sync } from "./timeline/sync.ts";
import type { SetTyping } from "./typing/set-typing.ts";

/** Every use case, wired. What the ports call. */
export interface Core {
  readonly accounts: Accounts;
  readonly updateMe: UpdateMe;
  readonly avatar: Avatar;
  readonly portraits: Portraits;
  readonly sessions: Sessions;
  readonly devices: Devices;
  readonly security: AccountSecurity;
  readonly people: People;
  readonly groups: Groups;
  readonly groupMembers: GroupMembers;
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
