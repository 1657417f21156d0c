import type { Settings } from "../config/environment.ts";
import { composeFiles } from "./compose-files.ts";
import { openReaders } from "./open-readers.ts";
import { composeDigest } from "./compose-digest.ts";
import { composePresence } from "./compose-presence.ts";
import { composePush } from "./compose-push.ts";
import { composeSearch } from "./compose-search.ts";
import { composeSecurity } from "./compose-security.ts";
import { composeTrimmer } from "./compose-trimmer.ts";
import { Sessions } from "./core/accounts/sessions.ts";
import { Applications } from "./core/applications/applications.ts";
import { Blocks } from "./core/contacts/blocks.ts";
import { Contacts } from "./core/contacts/contacts.ts";
import { FriendApplications } from "./core/contacts/friend-applications.ts";
import { SetConversation } from "./core/conversations/set-conversation.ts";
import { SetDraft } from "./core/conversations/set-draft.ts";
import type { Core } from "./core/core.ts";
import { DatabaseWatch } from "./core/delivery/database-watch.ts";
import { Delivery } from "./core/delivery/delivery.ts";
import { GroupHeads } from "./core/delivery/group-heads.ts";
import type { Bus } from "./core/delivery/ports.ts";
import { GroupApplications } from "./core/groups/group-applications.ts";
import { GroupPicture } from "./core/groups/group-picture.ts";
import { GroupCards } from "./core/groups/group-cards.ts";
import { DissolveGroup } from "./core/groups/dissolve-group.ts";
import { ReadAnnouncement } from "./core/groups/read-announcement.ts";
import { UpdateGroup } from "./core/groups/update-group.ts";
import { GroupMembers } from "./core/groups/members.ts";
import { Groups } from "./core/groups/groups.ts";
import { Invitations } from "./core/groups/invitations.ts";
import { ChangeMessage } from "./core/messages/change-message.ts";
import { FindMessage } from "./core/messages/find-message.ts";
import { GetReceipts } from "./core/messages/get-receipts.ts";
import { ListMarked } from "./core/messages/list-marked.ts";
import { MarkMessage } from "./core/messages/mark-message.ts";
import { PullChanges } from "./core/messages/pull-changes.ts";
import { MarkRead } from "./core/messages/mark-read.ts";
import { PullHistory } from "./core/messages/pull-history.ts";
import { SendMessage } from "./core/messages/send-message.ts";
import { People } from "./core/people/people.ts";
import { Portraits } from "./core/portraits/portraits.ts";
import { Avatar } from "./core/profile/avatar.ts";
import { ProfileChanges } from "./core/profile/profile-changes.ts";
import { UpdateMe } from "./core/profile/update-me.ts";
import { newId } from "./core/shared/ids.ts";
import { unlimited } from "./core/shared/limit.ts";
import { ServerAccounts } from "./core/server-api/server-accounts.ts";
import { ServerGroups } from "./core/server-api/server-groups.ts";
import { ServerMessages } from "./core/server-api/server-messages.ts";
import { Pipeline } from "./core/timeline/pipeline.ts";
import { Pipelines } from "./core/timeline/pipelines.ts";
import { Sync } from "./core/timeline/sync.ts";
import { SetTyping } from "./core/typing/set-typing.ts";
import { MemoryBus } from "./infra/bus/memory-bus.ts";
import { RedisBus } from "./infra/bus/redis-bus.ts";
import { openDatabase } from "./infra/database/open.ts";
import { SharpPortraits } from "./infra/images/sharp-portraits.ts";
import { createLog } from "./infra/log.ts";
import { Metrics } from "./infra/metrics.ts";
import {
  type Budget,
  APPLY_BUDGET,
  AUTH_BUDGET,
  AVATAR_BUDGET,
  CALL_BUDGET,
  PHONE_BUDGET,
  REST_BUDGET,
  TYPING_BUDGET,
  WATCH_BUDGET,
} from "./infra/rate-limit/budgets.ts";
import { createLimiter } from "./infra/rate-limit/limiter.ts";
import { connectRedis } from "./infra/redis.ts";
import { argon2Hasher } from "./infra/security/argon2-hasher.ts";
import { SocketConnections } from "./io/connections.ts";
import { SqlAccountStore } from "./repository/account-store.ts";
import { SqlAcquaintances } from "./repository/acquaintances.ts";
import { SqlInvitationReader } from "./repository/invitation-reader.ts";
import { SqlSessionStore } from "./repository/session-store.ts";
import { readEpoch } from "./repository/settings-store.ts";
import { Sql } from "./repository/sql.ts";
import { SqlTimelineStore } from "./repository/timeline-store.ts";

/** Pipelines side by side. SQLite has one writer; on MySQL three gave a fifth more than two, and four no more. */
const PIPELINES = { sqlite: 1, mysql: 3 } as const;

/**
 * Longest time of one statement, in milliseconds. None of ours takes a tenth of it; a database that takes longer is away,
 * and callers are told so while they still listen.
 */
const STATEMENT_TIMEOUT_MS = 4_000;

/** Builds everything that one process runs on, from the database up. The one place that knows all the parts. */
export async function compose(settings: Settings) {
  const log = createLog(settings.logLevel);
  const onFault = (error: unknown) => {
    log.error({ error }, "fault");
  };
  const database = await openDatabase({
    url: settings.databaseUrl,
    timezone: settings.timezone,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  const sql = new Sql(database);
  const epoch = await readEpoch(sql);
  const recallWithinMs = settings.recallSeconds * 1_000;
  const nodeId = newId();
  const redis = settings.redisUrl === undefined ? undefined : connectRedis(settings.redisUrl, "limits", log);
  const bus: Bus = settings.redisUrl === undefined ? new MemoryBus() : new RedisBus(settings.redisUrl, nodeId, log);
  /** Counted in this process: a socket's calls must not wait for the network, and must keep their order. */
  const callLimit = (budget: Budget) => (settings.rateLimit ? createLimiter(budget, undefined) : unlimited);
  const { presence, online } = composePresence({
    settings,
    sql,
    nodeId,
    log,
    bus,
    limit: callLimit(WATCH_BUDGET),
    onFault,
  });

  const connections = new SocketConnections({
    userConnected: (userId) => {
      bus.userConnected(userId);
      presence.arrived(userId);
    },
    userDisconnected: (userId, ended) => {
      bus.userDisconnected(userId);
      presence.left(userId, ended);
    },
    cutOff: (userId) => {
      metrics.observeCutOff();
      log.warn({ userId }, "a socket was cut off: its client does not read");
    },
  });
  const readers = openReaders(sql);
  const {
    conversations,
    timelines,
    participations,
    messages,
    marks,
    groups,
    memberships,
    users,
    contacts,
    applications,
  } = readers;
  const groupHeads = new GroupHeads();
  const delivery = new Delivery({ connections, bus, conversations, memberships, users, groupHeads, onFault });
  const push = await composePush({ settings, sql, conversations, users, onFault });
  const store = new SqlTimelineStore(sql);
  const pipeline = new Pipelines(
    Array.from(
      { length: PIPELINES[database.dialect] },
      () =>
        new Pipeline({
          store,
          clock: Date.now,
          fanoutMaxMembers: settings.fanoutMaxMembers,
          onFault,
          onCommitted: (result, at) => {
            delivery.committed(result, at);
            push.notifier.committed(result.fanOuts);
          },
        }),
    ),
  );
  const metrics = new Metrics({
    connections: () => connections.count,
    queued: () => pipeline.depth,
    waiting: () => connections.waiting,
  });
  const sessions = new Sessions(new SqlSessionStore(sql), Date.now, delivery.endSockets);
  const accounts = new SqlAccountStore(database);
  const media = await composeFiles({ settings, sql, sessions, onFault });
  const portraits = new Portraits(media.store, new SharpPortraits(), onFault);
  const profiles = new ProfileChanges(pipeline, new SqlAcquaintances(sql));
  const groupCards = new GroupCards(groups, participations, applications);
  /** Counted over all nodes. */
  const sharedLimit = (budget: Budget) => (settings.rateLimit ? createLimiter(budget, redis) : unlimited);
  const digest = await composeDigest({ settings, sql, conversations, users, online, sharedLimit, onFault });
  const avatarLimit = sharedLimit(AVATAR_BUDGET);
  const security = composeSecurity({
    settings,
    sql,
    accounts,
    sessions,
    pipeline,
    endSockets: delivery.endSockets,
    profiles,
    portraits,
    sharedLimit,
    readers: { applications, contacts, conversations, participations, groups, messages, marks },
  });
  const search = composeSearch({ settings, sql, participations, sharedLimit, onFault });
  const core: Core = {
    updateMe: new UpdateMe({
      store: accounts,
      accounts: security.accounts,
      profiles,
      phoneLimit: sharedLimit(PHONE_BUDGET),
      presenceChanged: (userId) => presence.settingsChanged(userId),
    }),
    avatar: new Avatar(portraits, security.accounts, profiles, avatarLimit),
    portraits,
    files: media.files,
    fileLinks: media.fileLinks,
    pushSubscriptions: push.subscriptions,
    mailAddresses: digest.addresses,
    ...security,
    sessions,
    people: new People(users),
    contacts: new Contacts(pipeline, contacts),
    blocks: new Blocks(pipeline, contacts, (userId) => presence.settingsChanged(userId)),
    applications: new Applications(
      { friend: new FriendApplications(pipeline), group: new GroupApplications(pipeline) },
      applications,
      settings.rateLimit ? createLimiter(APPLY_BUDGET, redis) : unlimited,
    ),
    groups: new Groups(pipeline, groups, participations),
    groupMembers: new GroupMembers(pipeline, groups),
    groupCards,
    invitations: new Invitations({
      pipeline,
      reader: new SqlInvitationReader(sql),
      participations,
      cards: groupCards,
      clock: Date.now,
    }),
    updateGroup: new UpdateGroup(pipeline, groups),
    groupPicture: new GroupPicture(portraits, pipeline, groups, avatarLimit),
    dissolveGroup: new DissolveGroup(pipeline, groups, onFault),
    readAnnouncement: new ReadAnnouncement(pipeline),
    sendMessage: new SendMessage(pipeline, settings.directMessages),
    markRead: new MarkRead(pipeline),
    changeMessage: new ChangeMessage(pipeline, recallWithinMs),
    pullHistory: new PullHistory(participations, messages, marks),
    findMessage: new FindMessage(participations, messages),
    setConversation: new SetConversation(pipeline),
    setDraft: new SetDraft(pipeline),
    pullChanges: new PullChanges(participations, messages, marks),
    markMessage: new MarkMessage(pipeline),
    listMarked: new ListMarked(participations, marks),
    getReceipts: new GetReceipts(participations, messages),
    serverAccounts: new ServerAccounts(accounts, users, sessions, argon2Hasher, Date.now),
    serverGroups: new ServerGroups(pipeline),
    serverMessages: new ServerMessages(pipeline, users),
    searchFiles: search.searchFiles,
    searchMessages: search.searchMessages,
    setTyping: new SetTyping({
      participations,
      memberships,
      contacts,
      sockets: connections,
      bus,
      limit: callLimit(TYPING_BUDGET),
    }),
    presence,
    sync: new Sync(timelines, conversations, Date.now),
  };
  const watch = new DatabaseWatch({
    connections,
    bus,
    timelines,
    conversations,
    memberships,
    largeGroups: messages,
    groupHeads,
    onFault,
  });
  const trimmer = composeTrimmer({ settings, sql, onFault });
  return {
    settings,
    uploads: media.uploads,
    /** What goes on beside the calls. */
    startTasks(): void {
      trimmer.start();
      media.sweeper.start();
      search.start();
      digest.sweeper?.start();
      watch.start();
      presence.start();
      core.dissolveGroup.resume();
      security.deleteAccount.resume().catch(onFault);
    },
    log,
    core,
    connections,
    epoch,
    recallWithinMs,
    metrics,
    limits: { auth: sharedLimit(AUTH_BUDGET), rest: sharedLimit(REST_BUDGET), call: callLimit(CALL_BUDGET) },
    /** Whether the database answers. */
    async isReady(): Promise<boolean> {
      return sql.select("SELECT 1 AS one", {}).then(
        () => true,
        () => false,
      );
    },
    /** Refuses new work and resolves when all accepted work is durable, answered and pushed. */
    async drain(): Promise<void> {
      await pipeline.drain();
      await delivery.settled();
    },
    async close(): Promise<void> {
      const workers = [trimmer, media.sweeper, push.notifier, search, digest.sweeper, watch];
      await Promise.all([...workers.map((worker) => worker?.stop()), presence.close()]);
      await bus.close();
      redis?.disconnect();
      await database.close();
    },
  };
}

export type Composition = Awaited<ReturnType<typeof compose>>;
