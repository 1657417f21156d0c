import { randomUUID } from "node:crypto";
import { BenchClient } from "../client.ts";
import { percentile } from "../statistics.ts";

/** 100 bytes of UTF-8: 33 Chinese characters and a full stop. */
const TEXT = `${"存".repeat(33)}.`;

export interface DirectResult {
  messagesPerSecond: number;
  /** From sending to the recipient's push, in milliseconds. */
  p50: number;
  p99: number;
  max: number;
}

/**
 * 1:1, closed loop: each of `pairs` senders keeps `window` messages on their way to a recipient of their own, for
 * `seconds`.
 */
export async function runDirect(url: string, pairs: number, window: number, seconds: number): Promise<DirectResult> {
  const clients: BenchClient[] = [];
  while (clients.length < pairs * 2) clients.push(await BenchClient.register(url));
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const until = performance.now() + seconds * 1000;
  const senders = clients.slice(0, pairs);
  const recipients = clients.slice(pairs);
  for (const recipient of recipients) {
    recipient.onPush(({ entries }) => {
      const now = performance.now();
      for (const entry of entries) {
        if (entry.type !== "message") continue;
        const at = sentAt.get(entry.message.clientMessageId);
        if (at !== undefined) latencies.push(now - at);
        sentAt.delete(entry.message.clientMessageId);
      }
    });
  }
  let acknowledged = 0;
  const startedAt = performance.now();
  await Promise.all(
    senders.flatMap((sender, index) =>
      Array.from({ length: window }, async () => {
        const userId = recipients[index]?.userId ?? "";
        while (performance.now() < until) {
          const clientMessageId = randomUUID();
          sentAt.set(clientMessageId, performance.now());
          await sender.call("message:send", { clientMessageId, to: { userId }, content: { kind: "text", text: TEXT } });
          acknowledged += 1;
        }
      }),
    ),
  );
  const elapsed = (performance.now() - startedAt) / 1000;
  for (const client of clients) client.close();
  return {
    messagesPerSecond: acknowledged / elapsed,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    max: latencies.reduce((most, value) => Math.max(most, value), 0),
  };
}
