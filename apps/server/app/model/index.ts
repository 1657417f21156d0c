import type { Sequelize } from "sequelize";
import type { ColumnClock } from "../infra/database/column-clock.ts";
import { defineApplication } from "./application.ts";
import { defineBlock } from "./block.ts";
import { createColumns } from "./columns.ts";
import { defineContact } from "./contact.ts";
import { defineConversation } from "./conversation.ts";
import { defineDeletion } from "./deletion.ts";
import { defineDevice } from "./device.ts";
import { defineEarlierText } from "./earlier-text.ts";
import { defineFile } from "./file.ts";
import { defineFileUse } from "./file-use.ts";
import { defineGroup } from "./group.ts";
import { defineInvitation } from "./invitation.ts";
import { defineIdentity } from "./identity.ts";
import { defineMailAddress } from "./mail-address.ts";
import { defineMember } from "./member.ts";
import { defineMention } from "./mention.ts";
import { defineMessage } from "./message.ts";
import { definePushSubscription } from "./push-subscription.ts";
import { definePushHistory } from "./push-history.ts";
import { defineRecoveryCode } from "./recovery-code.ts";
import { defineSearchPosition } from "./search-position.ts";
import { defineSearchPosting } from "./search-posting.ts";
import { defineSearchSegment } from "./search-segment.ts";
import { defineSetting } from "./setting.ts";
import { defineStar } from "./star.ts";
import { defineTicket } from "./ticket.ts";
import { defineTimeline } from "./timeline.ts";
import { defineTotp } from "./totp.ts";
import { defineUser } from "./user.ts";

/**
 * Defines every table on `sequelize`. The classes belong to that instance, so that one process can hold several open
 * databases.
 */
export function defineModels(sequelize: Sequelize, clock: ColumnClock) {
  const columns = createColumns(clock);
  return {
    User: defineUser(sequelize, columns),
    Device: defineDevice(sequelize, columns),
    Timeline: defineTimeline(sequelize, columns),
    Conversation: defineConversation(sequelize, columns),
    Group: defineGroup(sequelize, columns),
    Invitation: defineInvitation(sequelize, columns),
    Member: defineMember(sequelize, columns),
    Message: defineMessage(sequelize, columns),
    EarlierText: defineEarlierText(sequelize, columns),
    Star: defineStar(sequelize, columns),
    Deletion: defineDeletion(sequelize, columns),
    Mention: defineMention(sequelize, columns),
    File: defineFile(sequelize, columns),
    FileUse: defineFileUse(sequelize, columns),
    PushHistory: definePushHistory(sequelize, columns),
    SearchPosition: defineSearchPosition(sequelize, columns),
    SearchPosting: defineSearchPosting(sequelize),
    SearchSegment: defineSearchSegment(sequelize, columns),
    Setting: defineSetting(sequelize),
    Contact: defineContact(sequelize, columns),
    Block: defineBlock(sequelize, columns),
    Application: defineApplication(sequelize, columns),
    Totp: defineTotp(sequelize, columns),
    RecoveryCode: defineRecoveryCode(sequelize, columns),
    Identity: defineIdentity(sequelize, columns),
    Ticket: defineTicket(sequelize, columns),
    MailAddress: defineMailAddress(sequelize, columns),
    PushSubscription: definePushSubscription(sequelize, columns),
  };
}

export type Models = ReturnType<typeof defineModels>;
