import { SqlApplicationReader } from "./repository/application-reader.ts";
import { SqlContactReader } from "./repository/contact-reader.ts";
import { SqlConversationReader } from "./repository/conversation-reader.ts";
import { SqlGroupReader } from "./repository/group-reader.ts";
import { SqlMarkReader } from "./repository/mark-reader.ts";
import { SqlMembershipReader } from "./repository/membership-reader.ts";
import { SqlMessageStore } from "./repository/message-store.ts";
import { SqlParticipationStore } from "./repository/participation-store.ts";
import { SqlTimelineReader } from "./repository/timeline-reader.ts";
import { SqlUserDirectory } from "./repository/user-directory.ts";
import type { Sql } from "./repository/sql.ts";

/** The sides of the stores that only read, on one database. */
export function openReaders(sql: Sql) {
  return {
    conversations: new SqlConversationReader(sql),
    timelines: new SqlTimelineReader(sql),
    participations: new SqlParticipationStore(sql),
    messages: new SqlMessageStore(sql),
    marks: new SqlMarkReader(sql),
    groups: new SqlGroupReader(sql),
    memberships: new SqlMembershipReader(sql),
    users: new SqlUserDirectory(sql),
    contacts: new SqlContactReader(sql),
    applications: new SqlApplicationReader(sql),
  };
}
