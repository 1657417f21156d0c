import type { ConversationId, EpochMs, GroupId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { LRUCache } from "lru-cache";
import { ImError } from "../shared/errors.ts";
import { type Command, keyName } from "./command.ts";
import { NO_FACTS, joinWanted, markKey } from "./facts.ts";
import { Membership } from "./membership.ts";
import { type RelationBase, RelationRows } from "./relations.ts";
import type { Changes, ConversationState, FanOut, GroupPush, GroupState, MemberKey, SequencedFanOut } from "./model.ts";
import { Stage } from "./stage.ts";
import type { StageBase } from "./stage-base.ts";
import type { TimelineTransaction } from "./timeline-store.ts";

/** A group as of one `groupVersion`. */
export interface VersionedGroup {
  readonly version: number;
  readonly group: GroupState;
}

/** What batches remember of earlier ones. */
export interface BatchMemory {
  readonly memberships: LRUCache<ConversationId, Membership>;
  readonly groups: LRUCache<GroupId, VersionedGroup>;
  /** Users known to exist; users never cease to. */
  readonly users: LRUCache<UserId, true>;
}

/** What a batch is told besides its commands. */
export interface BatchSetting {
  readonly at: EpochMs;
  readonly fanoutMaxMembers: number;
  readonly memory: BatchMemory;
  /** Whether timelines may be locked by a guess, beside the conversations; not when the batch met a deadlock. */
  readonly guess: boolean;
}

/** Timeline rows after which a batch ends: bounds the transaction's locks and memory, whatever the groups' sizes. */
const MAX_BATCH_ENTRIES = 5_000;

/** What became of one command: its result, or why it alone was refused. */
export type Outcome = { ok: true; value: unknown } | { ok: false; error: ImError };

export interface BatchResult {
  /** In the order of the commands; fewer than those when the batch was full before the last. */
  readonly outcomes: readonly Outcome[];
  /** For delivery after the commit. */
  readonly fanOuts: readonly SequencedFanOut[];
  readonly groupPushes: readonly GroupPush[];
  readonly memberships: readonly (readonly [ConversationId, Membership])[];
  /** Those that changed. */
  readonly groups: readonly VersionedGroup[];
}

/**
 * Runs commands in their order inside one transaction, in three steps of locks that every node takes alike:
 * conversations by id, then timelines by user, then the writes. Timelines that will be written are locked with the
 * conversations where they can be guessed; those that were not guessed come after them.
 */
export async function runBatch(
  transaction: TimelineTransaction,
  commands: readonly Command<unknown>[],
  setting: BatchSetting,
): Promise<BatchResult> {
  const early = setting.guess ? guessRecipients(commands, setting) : new Set<UserId>();
  for (const userId of commands.flatMap((command) => command.timelines ?? [])) early.add(userId);
  const [base, heads, relations] = await Promise.all([
    lockBase(transaction, commands, setting),
    // Asked for in the same turn, behind the conversations; and what two users are to each other behind that.
    early.size > 0 ? transaction.lockTimelines([...early].toSorted()) : new Map<UserId, Seq>(),
    readRelations(transaction, commands),
  ]);
  const stage = new Stage({ ...base, relations });
  const outcomes: Outcome[] = [];
  const posted = new Map<string, Message>();
  for (const command of commands) {
    outcomes.push(decide(stage, command, posted));
    if (stage.entryCount >= MAX_BATCH_ENTRIES) break;
  }

  const recipients = new Set(stage.fanOuts.flatMap((fanOut) => fanOut.userIds));
  const others = [...recipients].filter((userId) => !early.has(userId));
  if (others.length > 0) {
    for (const [userId, head] of await transaction.lockTimelines(others.toSorted())) heads.set(userId, head);
  }
  const moved = new Map<UserId, Seq>();
  const fanOuts = stage.fanOuts.map((fanOut) => sequence(fanOut, heads, moved));

  const touched = [...stage.touched];
  const reads = [...stage.reads];
  const invitations = [...stage.invitations.values()];
  const settings = [...stage.changedSettings];
  const isSilent = reads.length + settings.length + invitations.length + stage.announcementsRead.length === 0;
  if (touched.length > 0 || !isSilent || fanOuts.length > 0) {
    const changes: Changes = {
      at: setting.at,
      createdConversations: touched.filter((row) => stage.created.has(row.conversationId)),
      movedConversations: touched.filter((row) => !stage.created.has(row.conversationId)),
      groups: [...stage.groups.values()],
      invitations,
      announcementsRead: stage.announcementsRead,
      accounts: stage.accounts,
      members: [...stage.members.values()],
      reads,
      settings,
      messages: [...stage.messages.values()],
      changedMessages: [...stage.changedMessages.values()],
      earlierTexts: stage.earlierTexts,
      forgottenTexts: stage.forgottenTexts,
      stars: [...stage.stars.values()],
      deletions: [...stage.deletions.values()],
      relationSides: [...stage.relations.sides],
      applications: [...stage.relations.applications],
      fanOuts,
      heads: moved,
    };
    await transaction.write(changes);
  }
  return {
    outcomes,
    fanOuts,
    groupPushes: groupPushes(stage),
    memberships: touched.map((row) => [row.conversationId, stage.membership(row.conversationId)] as const),
    groups: [...stage.groups.values()].map((group) => ({
      version: stage.conversation(group.conversationId)?.groupVersion ?? 0,
      group,
    })),
  };
}

/** Who will probably get an entry, by the members as they are in memory. */
function guessRecipients(
  commands: readonly Command<unknown>[],
  { memory, fanoutMaxMembers }: BatchSetting,
): Set<UserId> {
  const guessed = new Set<UserId>();
  for (const id of new Set(commands.flatMap(({ tellsMembers, locks }) => (tellsMembers === true ? locks : [])))) {
    const members = memory.memberships.get(id)?.activeIds ?? [];
    if (members.length > fanoutMaxMembers) continue;
    for (const userId of members) guessed.add(userId);
    if (guessed.size >= MAX_BATCH_ENTRIES) break;
  }
  return guessed;
}

async function readRelations(
  transaction: TimelineTransaction,
  commands: readonly Command<unknown>[],
): Promise<RelationBase> {
  const pairs = [...new Set(commands.flatMap((command) => command.pairs ?? []))];
  const ids = [...new Set(commands.flatMap((command) => command.applications ?? []))];
  const [sides, applications] = await Promise.all([
    pairs.length > 0 ? transaction.relationSides(pairs) : [],
    ids.length > 0 ? transaction.applications(ids) : [],
  ]);
  return new RelationRows(sides, applications);
}

function groupPushes(stage: Stage): GroupPush[] {
  return [...stage.largeGroupNews].flatMap(([conversationId, news]) => {
    const conversation = stage.conversation(conversationId);
    return conversation ? [{ push: { conversationId, ...news }, memberVersion: conversation.memberVersion }] : [];
  });
}

/** @param posted what the batch has posted so far, by its key: a repeat in the same batch answers as the first */
function decide(stage: Stage, command: Command<unknown>, posted: Map<string, Message>): Outcome {
  const first = command.once && posted.get(keyName(command.once.key));
  if (first) return { ok: true, value: command.once?.duplicate(first) };
  const own = new Stage(stage);
  try {
    const value = command.decide(own);
    stage.merge(own);
    for (const { message } of own.messages.values()) posted.set(keyName(message), message);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof ImError) return { ok: false, error };
    // A fault in one command must not refuse the others of its batch.
    return { ok: false, error: new ImError("INTERNAL", "the server failed; it has been logged", { cause: error }) };
  }
}

async function lockBase(
  transaction: TimelineTransaction,
  commands: readonly Command<unknown>[],
  { at, fanoutMaxMembers, memory }: BatchSetting,
): Promise<Omit<StageBase, "relations">> {
  const ids = [...new Set(commands.flatMap((command) => command.locks))].toSorted();
  const asked = new Set(commands.flatMap((command) => command.users ?? []));
  const unknown = [...asked].filter((userId) => !memory.users.has(userId));
  const keys = commands.flatMap((command) => command.positions ?? []);
  const keepers = commands.flatMap((command) => command.settings ?? []);
  const places = commands.flatMap((command) => command.messages ?? []);
  const tokens = commands.flatMap((command) => command.invitations ?? []);
  const wanted = commands.flatMap((command) => command.facts ?? []);
  // Asked for in one turn: a store may send them together, in this order.
  const [rows, existingUsers, positions, settings, found, invited, facts] = await Promise.all([
    ids.length > 0 ? transaction.lockConversations(ids) : [],
    unknown.length > 0 ? transaction.existingUsers(unknown) : [],
    keys.length > 0 ? transaction.readPositions(keys) : [],
    keepers.length > 0 ? transaction.memberSettings(keepers) : [],
    places.length > 0 ? transaction.messages(places) : [],
    tokens.length > 0 ? transaction.invitations(tokens) : [],
    wanted.length > 0 ? transaction.facts(joinWanted(wanted)) : NO_FACTS,
  ]);
  const conversations = new Map<ConversationId, ConversationState>(rows.map((row) => [row.conversationId, row]));
  const groups = await currentGroups(transaction, rows, memory);
  const memberships = new Map<ConversationId, Membership>();
  for (const row of rows) {
    // The version in the locked row decides, not an invalidation that may have been lost on its way.
    const cached = memory.memberships.get(row.conversationId);
    const membership =
      cached?.version === row.memberVersion
        ? cached
        : new Membership(row.memberVersion, await transaction.members(row.conversationId));
    memberships.set(row.conversationId, membership);
    memory.memberships.set(row.conversationId, membership);
  }
  for (const userId of existingUsers) memory.users.set(userId, true);
  const existing = new Set([...asked].filter((userId) => memory.users.has(userId)));
  const positionOf = new Map(positions.map((position) => [keyOf(position), position]));
  const settingsOf = new Map(settings.map((kept) => [keyOf(kept), kept]));
  const messages = new Map(found.map((message) => [`${message.conversationId}\n${message.seq}`, message]));
  const invitations = new Map(invited.map((invitation) => [invitation.token, invitation]));
  return {
    at,
    facts,
    isStarred: (place) => facts.starred.has(markKey(place)),
    isDeleted: (place) => facts.deleted.has(markKey(place)),
    fanoutMaxMembers,
    invitation: (token) => invitations.get(token),
    message: ({ conversationId, seq }) => messages.get(`${conversationId}\n${seq}`),
    conversation: (id) => conversations.get(id),
    membership: (id) => memberships.get(id) ?? Membership.none,
    group: (id) => groups.get(id),
    userExists: (userId) => existing.has(userId),
    position: (conversationId, userId) => positionOf.get(keyOf({ conversationId, userId })),
    settings: (conversationId, userId) => settingsOf.get(keyOf({ conversationId, userId })),
  };
}

/** The groups of locked conversations. As with members, the version in the locked row decides. */
async function currentGroups(
  transaction: TimelineTransaction,
  rows: readonly ConversationState[],
  { groups: cache }: BatchMemory,
): Promise<Map<GroupId, GroupState>> {
  const current = new Map<GroupId, GroupState>();
  const stale: { groupId: GroupId; version: number }[] = [];
  for (const { groupId, groupVersion: version } of rows) {
    if (groupId === undefined) continue;
    const cached = cache.get(groupId);
    if (cached?.version === version) current.set(groupId, cached.group);
    else stale.push({ groupId, version });
  }
  if (stale.length === 0) return current;
  const versions = new Map(stale.map(({ groupId, version }) => [groupId, version]));
  for (const group of await transaction.groups([...versions.keys()])) {
    current.set(group.groupId, group);
    cache.set(group.groupId, { version: versions.get(group.groupId) ?? 0, group });
  }
  return current;
}

function keyOf({ conversationId, userId }: MemberKey): string {
  return `${conversationId}\n${userId}`;
}

/** @param moved the heads that the batch moves, of those that it has locked */
function sequence(fanOut: FanOut, heads: ReadonlyMap<UserId, Seq>, moved: Map<UserId, Seq>): SequencedFanOut {
  const seqs = fanOut.userIds.map((userId) => {
    const seq = (moved.get(userId) ?? heads.get(userId) ?? 0) + 1;
    moved.set(userId, seq);
    return seq;
  });
  return { ...fanOut, seqs };
}
