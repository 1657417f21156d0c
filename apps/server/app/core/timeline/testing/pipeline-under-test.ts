import type { Message, UserId } from "@im-webapp/protocol";
import type { Command } from "../command.ts";
import type { SequencedFanOut } from "../model.ts";
import { Pipeline } from "../pipeline.ts";
import { MemoryTimelineStore } from "./memory-timeline-store.ts";

/** Above every group that these tests make but those of the fan-out itself. */
const FANOUT_MAX_MEMBERS = 5_000;

/** A pipeline on a store in memory, with all that it reports. */
export class PipelineUnderTest {
  readonly store = new MemoryTimelineStore();
  readonly faults: unknown[] = [];
  /** What happened, in order: commits as they are told, and whatever a test adds. */
  readonly log: string[] = [];
  readonly fanOuts: SequencedFanOut[] = [];
  readonly pipeline = new Pipeline({
    store: this.store,
    clock: () => 1_000,
    fanoutMaxMembers: FANOUT_MAX_MEMBERS,
    onFault: (error) => this.faults.push(error),
    onCommitted: ({ fanOuts }) => {
      this.log.push(`committed ${fanOuts.length}`);
      this.fanOuts.push(...fanOuts);
    },
  });

  constructor() {
    this.store.seed("gteam", ["ann", "bob"]);
  }

  /** Submits a text and gives what it is answered with: `id seq`, with `duplicate` for a repeat. */
  send(id: string, options: Partial<Command<string>> & { senderId?: UserId; conversationId?: string } = {}) {
    return this.pipeline.submit(textCommand(id, options));
  }
}

/** Sends `id` as a text of Ann's into `gteam`; `id` is its clientMessageId as well. */
export function textCommand(
  id: string,
  {
    senderId = "ann",
    conversationId = "gteam",
    ...more
  }: Partial<Command<string>> & { senderId?: UserId; conversationId?: string } = {},
): Command<string> {
  return {
    locks: [conversationId],
    once: { key: { senderId, clientMessageId: id }, duplicate: (stored) => `${describe(stored)} duplicate` },
    decide(stage) {
      stage.membership(conversationId).requireActive(conversationId, senderId);
      return describe(
        stage.post({ conversationId, senderId, clientMessageId: id, content: { kind: "text", text: id } }),
      );
    },
    ...more,
  };
}

function describe({ clientMessageId, seq }: Message): string {
  return `${clientMessageId} ${seq}`;
}
