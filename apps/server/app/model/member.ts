import type { ConversationId, EpochMs, NotifyLevel, Role, Seq, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** An earlier stay in a conversation: the messages above `from`, up to and including `to`. */
export interface PastSpan {
  from: Seq;
  to: Seq;
}

/** A user in a conversation: what they may read, where they have read to, how they keep it. */
export function defineMember(sequelize: Sequelize, column: Columns) {
  class Member extends Table<InferAttributes<Member>, InferCreationAttributes<Member>> {
    declare conversationId: ConversationId;
    declare userId: UserId;
    /** The other one of a direct conversation. */
    declare peerId: CreationOptional<UserId | null>;
    declare role: CreationOptional<Role>;
    /** Sees messages above this one. */
    declare fromSeq: CreationOptional<Seq>;
    /** The last message that one who left may see; null while a member. */
    declare leftSeq: CreationOptional<Seq | null>;
    declare pastSpans: CreationOptional<PastSpan[] | null>;
    /** The name that they go by in this group. */
    declare alias: CreationOptional<string | null>;
    /** May not send before this time. */
    declare mutedUntil: CreationOptional<EpochMs | null>;
    declare readSeq: CreationOptional<Seq>;
    /** The `announcedAt` of the newest announcement that they have read. */
    declare announcementReadAt: CreationOptional<EpochMs | null>;
    declare pinned: CreationOptional<boolean>;
    /** Blocked −1, normal 0, silent 1. */
    declare notify: CreationOptional<NotifyLevel>;
    /** The newest message when they hid it; null while it is not hidden. */
    declare hiddenSeq: CreationOptional<Seq | null>;
    /** Shown as unread until they read or send. */
    declare markedUnread: CreationOptional<boolean>;
    /** Counts the changes of the settings above. */
    declare settingsVersion: CreationOptional<number>;
    declare draft: CreationOptional<string | null>;
    /** When the draft last changed, also to nothing. */
    declare draftAt: CreationOptional<EpochMs | null>;
    declare joinedAt: EpochMs;
  }
  Member.init(
    {
      conversationId: { ...column.id(), primaryKey: true },
      userId: { ...column.id(), primaryKey: true },
      peerId: column.optionalId(),
      role: column.integer(0),
      fromSeq: column.seq(),
      leftSeq: column.optionalSeq(),
      pastSpans: { type: DataTypes.JSON, allowNull: true },
      alias: { ...column.searchable(64), allowNull: true },
      mutedUntil: column.optionalTime(),
      readSeq: column.seq(),
      announcementReadAt: column.optionalTime(),
      pinned: column.flag(),
      notify: column.integer(0),
      hiddenSeq: column.optionalSeq(),
      markedUnread: column.flag(),
      settingsVersion: column.integer(0),
      draft: { type: DataTypes.TEXT, allowNull: true },
      draftAt: column.optionalTime(),
      joinedAt: column.time(),
    },
    {
      sequelize,
      tableName: "member",
      indexes: [
        { name: "member_user_id_conversation_id", fields: ["user_id", "conversation_id"] },
        { name: "member_conversation_id_role_user_id", fields: ["conversation_id", "role", "user_id"] },
        { name: "member_conversation_id_alias", fields: ["conversation_id", "alias"] },
      ],
    },
  );
  return Member;
}
