import type { UserId } from "@im-webapp/protocol";
import type { Redis } from "ioredis";
import type { OnlineRegistry } from "../../core/presence/ports.ts";

/** The version in the name lets nodes of two releases share one Redis without misreading each other. */
const PREFIX = "im:presence:1";

/** The set of the nodes' ids. One that is gone is taken out by whoever notices. */
const NODES = `${PREFIX}:nodes`;

/** In every node's set, which so exists while the node lives, whoever is connected there. No user has this id. */
const ALIVE = "";

/** Time between two signs of life, in milliseconds. */
const BEAT_MS = 2_000;

/** How long a node's set outlives its last sign of life, in milliseconds: three beats. */
const LIFE_MS = 6_000;

/** How long the set of a node that stops outlives it, in milliseconds: until its users are connected to others. */
const FAREWELL_MS = 5_000;

/** Longest wait for an answer, in milliseconds: commands on their way when Redis goes away are kept until it is back. */
const ANSWER_WITHIN_MS = 1_500;

/** Members of one command. */
const CHUNK = 1_000;

/**
 * The registry over Redis: for each node a set of its users that expires unless the node refreshes it. One command a
 * beat refreshes it, however many users there are. After a Redis that has lost everything each node writes its set anew.
 */
export class RedisRegistry implements OnlineRegistry {
  readonly #redis: Redis;
  readonly #nodeId: string;
  readonly #users = new Set<UserId>();
  readonly #beat: NodeJS.Timeout;

  /** Owns the connection from now on. */
  constructor(redis: Redis, nodeId: string) {
    this.#redis = redis;
    this.#nodeId = nodeId;
    this.#beat = setInterval(() => {
      // With Redis away the set expires, and is written anew by the first beat after it.
      this.#refresh().catch(() => undefined);
    }, BEAT_MS);
    this.#beat.unref();
  }

  async change(arrived: readonly UserId[], left: readonly UserId[]): Promise<void> {
    for (const userId of left) this.#users.delete(userId);
    for (const userId of arrived) this.#users.add(userId);
    const key = keyOf(this.#nodeId);
    await this.#answers([
      this.#redis.sadd(NODES, this.#nodeId),
      this.#redis.sadd(key, ALIVE, ...arrived),
      ...(left.length > 0 ? [this.#redis.srem(key, ...left)] : []),
      this.#redis.pexpire(key, LIFE_MS),
    ]);
  }

  async find(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const [nodes = []] = await this.#answers([this.#redis.smembers(NODES)]);
    const online = new Set<UserId>();
    const asked = [ALIVE, ...userIds];
    const answers = await this.#answers(nodes.map((nodeId) => this.#redis.smismember(keyOf(nodeId), ...asked)));
    answers.forEach((isMember, index) => {
      const nodeId = nodes[index];
      if (isMember[0] === 0 && nodeId !== undefined) {
        this.#redis.srem(NODES, nodeId).catch(() => undefined);
        return;
      }
      for (const [at, userId] of userIds.entries()) if (isMember[at + 1] === 1) online.add(userId);
    });
    return online;
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    await this.#answers([this.#redis.pexpire(keyOf(this.#nodeId), FAREWELL_MS)]).catch(() => undefined);
    this.#redis.disconnect();
  }

  async #refresh(): Promise<void> {
    const key = keyOf(this.#nodeId);
    // Commands of one connection take effect in their order, so this is what the set must hold when it is counted.
    const expected = this.#users.size + 1;
    const [, , , count] = await this.#answers([
      this.#redis.sadd(NODES, this.#nodeId),
      this.#redis.sadd(key, ALIVE),
      this.#redis.pexpire(key, LIFE_MS),
      this.#redis.scard(key),
    ]);
    if (count !== expected) await this.#rewrite(key);
  }

  async #rewrite(key: string): Promise<void> {
    const members = [ALIVE, ...this.#users];
    const writes = [this.#redis.del(key)];
    for (let start = 0; start < members.length; start += CHUNK) {
      writes.push(this.#redis.sadd(key, ...members.slice(start, start + CHUNK)));
    }
    await this.#answers([...writes, this.#redis.pexpire(key, LIFE_MS)]);
  }

  #answers<T>(commands: readonly Promise<T>[]): Promise<T[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("redis does not answer")), ANSWER_WITHIN_MS);
      Promise.all(commands)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }
}

function keyOf(nodeId: string): string {
  return `${PREFIX}:node:${nodeId}`;
}
