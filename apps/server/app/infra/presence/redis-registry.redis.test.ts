import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectRedis } from "../redis.ts";
import { testRedisUrl } from "../testing/redis-url.ts";
import { RedisRegistry } from "./redis-registry.ts";
import { registryConformance } from "./testing/registry.conformance.ts";

/** A node's set lives for six seconds without a sign of life, and is written anew within two; on a busy machine. */
const PATIENCE = { timeout: 20_000, interval: 100 };

const log = pino({ level: "silent" });
let admin: Redis;
const opened: RedisRegistry[] = [];

async function openNode(nodeId: string = randomUUID()): Promise<{ registry: RedisRegistry; redis: Redis }> {
  const redis = connectRedis(testRedisUrl(), "presence", log);
  await once(redis, "ready");
  const registry = new RedisRegistry(redis, nodeId);
  opened.push(registry);
  return { registry, redis };
}

async function forgetAll(): Promise<void> {
  const keys = await admin.keys("im:presence:*");
  if (keys.length > 0) await admin.del(...keys);
}

beforeEach(async () => {
  admin = new Redis(testRedisUrl());
  await forgetAll();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((registry) => registry.close()));
  admin.disconnect();
});

registryConformance(async () => (await openNode()).registry);

describe("the nodes of one Redis", () => {
  it("know of each other's users; one who is at two is there until both have lost them", async () => {
    const [west, east] = [(await openNode()).registry, (await openNode()).registry];
    await west.change(["ann", "bob"], []);
    await east.change(["bob", "cid"], []);
    const everybody = ["ann", "bob", "cid", "dai"];
    for (const node of [west, east]) expect(await node.find(everybody)).toEqual(new Set(["ann", "bob", "cid"]));
    await west.change([], ["ann", "bob"]);
    for (const node of [west, east]) expect(await node.find(everybody)).toEqual(new Set(["bob", "cid"]));
  });

  it("forget the users of one that died, and keep those of one that lives", async () => {
    const { registry: west } = await openNode();
    const { registry: east, redis } = await openNode();
    await west.change(["ann"], []);
    await east.change(["bob"], []);
    redis.disconnect();
    await expect.poll(async () => [...(await west.find(["ann", "bob"]))], PATIENCE).toEqual(["ann"]);
    await expect.poll(() => admin.scard("im:presence:1:nodes"), PATIENCE).toBe(1);
  });

  it("tell everything anew to a Redis that has lost everything", async () => {
    const [west, east] = [(await openNode()).registry, (await openNode()).registry];
    await west.change(["ann", "bob"], ["cid"]);
    await forgetAll();
    await expect.poll(() => east.find(["ann", "bob", "cid"]), PATIENCE).toEqual(new Set(["ann", "bob"]));
  });

  it("leave nothing behind that does not go by itself", async () => {
    const { registry } = await openNode("a-node");
    await registry.change(["ann"], []);
    expect(await admin.pttl("im:presence:1:node:a-node")).toBeGreaterThan(0);
    await registry.close();
    expect(await admin.pttl("im:presence:1:node:a-node")).toBeGreaterThan(0);
  });
});

it("without its Redis everything is refused within two seconds, and nothing hangs", async () => {
  const registry = new RedisRegistry(connectRedis("redis://127.0.0.1:1", "presence", log), "alone");
  opened.push(registry);
  const begun = performance.now();
  await expect(registry.change(["ann"], [])).rejects.toThrow(/writeable|does not answer|closed/);
  await expect(registry.find(["ann"])).rejects.toThrow(/writeable|does not answer|closed/);
  expect(performance.now() - begun).toBeLessThan(4_000);
});
