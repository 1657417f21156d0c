import type { Conversation, EpochMs, UserId } from "@im-webapp/protocol";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { UserDirectory } from "../people/user-directory.ts";
import type { OnlineRegistry } from "../presence/ports.ts";
import type { Clock } from "../shared/clock.ts";
import { unsubscribeToken } from "./mail-token.ts";
import { type DigestLine, digestMail } from "./mail-words.ts";
import type { DueAddress, LookOutcome, MailStore, Mailer } from "./ports.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Least time between two mails to one address, in milliseconds. */
const BETWEEN_MS = 24 * HOUR_MS;

/** How long a node may take for one look before another may take over, in milliseconds. */
const CLAIM_MS = 5 * MINUTE_MS;

/** How long until it is looked again for somebody for whom nothing waits, in milliseconds. */
const NOTHING_MS = HOUR_MS;

/** Longest pause after mails that could not be sent, in milliseconds; the first is a minute, and each doubles. */
const MAX_PAUSE_MS = 6 * HOUR_MS;

/**
 * Mails in a row that are refused for good before no other is tried: one may be about a server that is wrongly set up, and
 * an address that has been given up refuses each.
 */
const MAX_REFUSALS = 3;

/** Conversations that a mail lists; it counts the rest. */
const MAX_LINES = 10;

/** Conversations that are in memory at a time. */
const PAGE = 200;

export interface DigestsOptions {
  readonly store: MailStore;
  readonly mailer: Mailer;
  readonly conversations: Pick<ConversationReader, "list">;
  readonly users: Pick<UserDirectory, "findMany">;
  readonly online: Pick<OnlineRegistry, "find">;
  readonly key: Uint8Array;
  /** Where people find the app, without a slash at the end. */
  readonly publicUrl: string;
  readonly clock: Clock;
}

/** The pause after so many failures in a row, in milliseconds. */
function pauseAfter(failures: number): number {
  return Math.min(MAX_PAUSE_MS, MINUTE_MS * 2 ** (failures - 1));
}

/**
 * Tells somebody who has been away for as long as they chose of what waits for them: one mail for each absence, and one a
 * day at the most. Each address is looked at by one node at a time.
 */
export class Digests {
  readonly #options: DigestsOptions;

  constructor(options: DigestsOptions) {
    this.#options = options;
  }

  /**
   * Looks at up to `limit` addresses whose time has come.
   *
   * @returns how many there were, and whether the mail server took what it got
   */
  async pass(limit: number): Promise<{ looked: number; isUp: boolean }> {
    const { store, clock } = this.#options;
    const due = await store.due(clock(), limit);
    if (due.length === 0) return { looked: 0, isUp: true };
    const online = await this.#options.online.find(due.map(({ userId }) => userId));
    for (const address of due) {
      const claimedUntil = clock() + CLAIM_MS;
      if (!(await store.claim(address, claimedUntil))) continue;
      const outcome = await this.#look(address, online.has(address.userId));
      await store.settle(address.userId, claimedUntil, outcome);
      // The others wait for a server that is away, each for as long as it takes.
      if (outcome.failures > address.failures) return { looked: due.length, isUp: false };
    }
    return { looked: due.length, isUp: true };
  }

  async #look(address: DueAddress, isOnline: boolean): Promise<LookOutcome> {
    const now = this.#options.clock();
    const { awaySince, hours, toldAt, failures, refusals } = address;
    const kept = { failures, refusals };
    if (isOnline) return { lookAt: now + hours * HOUR_MS, ...kept };
    const dueAt = Math.max(awaySince + hours * HOUR_MS, (toldAt ?? 0) + BETWEEN_MS);
    if (toldAt !== undefined && toldAt >= awaySince) return { lookAt: now + hours * HOUR_MS, ...kept };
    if (dueAt > now) return { lookAt: dueAt, ...kept };
    const waiting = await this.#waiting(address.userId, awaySince);
    if (waiting.length === 0) return { lookAt: now + NOTHING_MS, ...kept };
    try {
      const outcome = await this.#options.mailer.send(digestMail(await this.#digestOf(address, waiting)));
      const refused = outcome === "refused" ? refusals + 1 : 0;
      // One that is refused is not tried again before the next absence.
      const told = { lookAt: now + BETWEEN_MS, toldAt: now, failures: 0, refusals: refused };
      return { ...told, isOver: refused >= MAX_REFUSALS };
    } catch {
      return { lookAt: now + pauseAfter(failures + 1), failures: failures + 1, refusals };
    }
  }

  /** The conversations with something new since then that the user has not read and wants to hear of, newest first. */
  async #waiting(userId: UserId, since: EpochMs): Promise<Conversation[]> {
    const found: Conversation[] = [];
    let after = "";
    for (;;) {
      const page = await this.#options.conversations.list(userId, after, PAGE);
      found.push(...page.filter((view) => isWaiting(view, userId, since)));
      const last = page.at(-1);
      if (page.length < PAGE || !last) break;
      after = last.conversationId;
    }
    return found.toSorted((a, b) => (b.lastMessage?.sentAt ?? 0) - (a.lastMessage?.sentAt ?? 0));
  }

  async #digestOf(address: DueAddress, waiting: readonly Conversation[]) {
    const { users, key, publicUrl } = this.#options;
    const { userId, address: to, language, hideContent } = address;
    const listed = hideContent ? [] : waiting.slice(0, MAX_LINES);
    const senders = await users.findMany([...new Set(listed.flatMap((view) => view.lastMessage?.senderId ?? []))]);
    const names = new Map(senders.map((user) => [user.userId, user.displayName]));
    return {
      language,
      to,
      unread: waiting.reduce((sum, view) => sum + view.unread, 0),
      lines: listed.map((view) => lineOf(view, names, publicUrl)),
      more: waiting.length - listed.length,
      appUrl: `${publicUrl}/`,
      unsubscribeUrl: `${publicUrl}/api/v1/mail/unsubscribe/${unsubscribeToken(key, userId, to)}`,
    };
  }
}

/** Muted ones only where they name the user; blocked ones never. */
function isWaiting(view: Conversation, userId: UserId, since: EpochMs): boolean {
  const { lastMessage, unread, left, notify = 0, mentionSeqs = [] } = view;
  if (lastMessage === undefined || unread === 0 || left === true || lastMessage.sentAt < since) return false;
  if (lastMessage.senderId === userId || lastMessage.content.kind === "system" || notify === -1) return false;
  return notify === 0 || mentionSeqs.length > 0;
}

function lineOf(view: Conversation, names: ReadonlyMap<UserId, string>, publicUrl: string): DigestLine {
  const { lastMessage, unread, type, title = "", mentionSeqs = [], conversationId } = view;
  const senderName = names.get(lastMessage?.senderId ?? "") ?? "";
  const content = lastMessage?.content;
  return {
    title: type === "group" ? title : senderName,
    unread,
    ...(type === "group" && { senderName }),
    mentioned: mentionSeqs.length > 0,
    kind: content?.kind ?? "",
    ...(content?.kind === "text" && { text: content.text }),
    url: `${publicUrl}/c/${encodeURIComponent(conversationId)}`,
  };
}
