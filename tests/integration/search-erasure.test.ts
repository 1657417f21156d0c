import { describe, expect, it } from "vitest";
import { sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { useServer } from "./one-server.ts";
import { rebuildIndex } from "./search-calls.ts";
import { serverApi } from "./server-calls.ts";

const KEY = "a-key-of-the-tests";
const at = useServer({ env: { SERVER_KEY: KEY } });

/** The numbers of a row of the index, seven bits a byte, the least first. */
function numbersOf(bytes: Buffer): number[] {
  const numbers: number[] = [];
  for (let next = 0; next < bytes.length;) {
    let value = 0;
    let scale = 1;
    let byte: number;
    do {
      byte = bytes[next++] ?? 0;
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
    } while (byte > 0x7f);
    numbers.push(value);
  }
  return numbers;
}

/** The terms of a row: each a step from the one before, followed by a list of messages with its length. */
function termsOf(row: Buffer): string[] {
  const numbers = numbersOf(row);
  const terms: string[] = [];
  let term = 0;
  for (let next = 0; next < numbers.length; next += 2 + (numbers[next + 1] ?? 0)) {
    term += numbers[next] ?? 0;
    terms.push(String.fromCharCode(Math.floor(term / 2 ** 32), Math.floor(term / 2 ** 16) % 2 ** 16));
  }
  return terms;
}

/** Which two characters of a text some row of the index still has. */
async function piecesLeft(text: string): Promise<string[]> {
  const rows = await at.raw((raw) => raw.rows("search_posting"));
  const terms = new Set(rows.flatMap((row) => termsOf(row.postings as Buffer)));
  return Array.from({ length: text.length - 1 }, (_, index) => text.slice(index, index + 2)).filter((piece) =>
    terms.has(piece),
  );
}

async function twoPeople() {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns] = await at.connectAll(ann);
  return { ann, bob, anns };
}

describe("the tables of the index hold no piece of", () => {
  it("a text that was recalled, or edited away, some seconds after", async () => {
    const { bob, anns } = await twoPeople();
    const to = { userId: bob.userId };
    const recalled = await sendText(anns, to, "龘靐齉爩麤灪");
    const edited = await sendText(anns, to, "龖厵滟爨癵驫");
    await sendText(anns, to, "籱饢驫鲡鹂鸾");
    await rebuildIndex(at.backing);
    expect(await piecesLeft("龘靐齉爩麤灪")).toHaveLength(5);
    expect(await piecesLeft("龖厵滟爨癵驫")).toHaveLength(5);

    const { conversationId } = recalled;
    await anns.ok("message:recall", { conversationId, seq: recalled.seq });
    await anns.ok("message:edit", {
      conversationId,
      seq: edited.seq,
      content: { kind: "text", text: "龖厵麷鸝" },
    });
    await waitFor(async () => (await piecesLeft("龘靐齉爩麤灪")).length === 0 || undefined, {
      what: "the recalled text to be out of the index",
    });
    await waitFor(async () => (await piecesLeft("厵滟爨癵驫")).length === 0 || undefined, {
      what: "the edited text to be out of the index",
    });
    expect(await piecesLeft("龖厵麷鸝")).toHaveLength(3);
    expect(await piecesLeft("籱饢驫鲡鹂鸾")).toHaveLength(5);
  });

  it("a text that was recalled while it was about to go into the index", async () => {
    const { ann, bob, anns } = await twoPeople();
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "起点");
    const api = serverApi(at.url, KEY);
    const text = "虪齾龗麣鸙";
    // Enough for the index to begin, at a moment that nobody knows.
    for (let count = 0; count < 8; count += 1) {
      await api.send(
        Array.from({ length: 100 }, () => ({
          from: ann.userId,
          to: { conversationId },
          content: { kind: "text", text: count === 4 ? text : "填充" } as const,
        })),
      );
    }
    for (let seq = 402; seq <= 501; seq += 1) await anns.ok("message:recall", { conversationId, seq });
    await waitFor(
      async () => {
        const positions = await at.raw((raw) => raw.rows("search_position"));
        const position = positions.find((row) => row.conversation_id === conversationId);
        return Number(position?.seq) >= 501 && Number(position?.change_seq) >= 100 ? position : undefined;
      },
      { timeoutMs: 20_000, what: "the index to have come past the recalls" },
    );
    expect(await piecesLeft(text)).toEqual([]);
  });
});
