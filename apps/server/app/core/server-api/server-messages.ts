import type { CommandSink } from "../timeline/command.ts";
import {
  SYSTEM_SENDER,
  type SendResponse,
  type ServerMessagesResponse,
  type ServerNotice,
  type UserId,
  serverMessage,
  serverMessagesRequest,
  serverNotice,
} from "@im-webapp/protocol";
import { sendCommand } from "../messages/send-message.ts";
import type { UserDirectory } from "../people/user-directory.ts";
import { toWireError } from "../shared/errors.ts";
import { groupConversationId, newId } from "../shared/ids.ts";
import { validate } from "../shared/validate.ts";
import type { Command } from "../timeline/command.ts";
import { copyId, noticeToGroup, noticeToUser } from "./notice.ts";

type Result = ServerMessagesResponse["results"][number];

/** Users of one part of a notice to all: fills some batches and leaves the queue to others in between. */
const RECIPIENTS_PER_PART = 500;

/** Messages and system notices, for the program that embeds this one. */
export class ServerMessages {
  readonly #pipeline: CommandSink;
  readonly #users: UserDirectory;

  constructor(pipeline: CommandSink, users: UserDirectory) {
    this.#pipeline = pipeline;
    this.#users = users;
  }

  /** Items take effect in their order; one that is refused leaves the others. */
  async send(payload: unknown): Promise<ServerMessagesResponse> {
    const { messages } = validate(serverMessagesRequest, payload);
    // One lane for the call: its items keep their order, whichever conversations they go to.
    const lane = newId();
    const results: Promise<Result>[] = [];
    // Submitted without waiting in between: the pipeline keeps the order and gathers them into batches.
    for (const item of messages) results.push(this.#sendOne(item, lane).catch(refused));
    return { results: await Promise.all(results) };
  }

  async #sendOne(item: { from: string }, lane: string): Promise<Result> {
    if (item.from === SYSTEM_SENDER) return this.#notify(validate(serverNotice, item), lane);
    const { from, ...request } = validate(serverMessage, item);
    return this.#pipeline.submit({ ...sendFrom(from, request), lane });
  }

  #notify({ clientMessageId, to, content }: ServerNotice, lane: string): Promise<Result> {
    if ("userId" in to) return this.#pipeline.submit({ ...noticeToUser(to.userId, clientMessageId, content), lane });
    if ("groupId" in to) {
      const command = noticeToGroup(groupConversationId(to.groupId), clientMessageId, content);
      return this.#pipeline.submit({ ...command, lane });
    }
    return this.#notifyAll(clientMessageId, content, lane);
  }

  async #notifyAll(clientMessageId: string, content: ServerNotice["content"], lane: string): Promise<Result> {
    let recipients = 0;
    let after = "";
    for (;;) {
      const userIds = await this.#users.ids(after, RECIPIENTS_PER_PART);
      const last = userIds.at(-1);
      if (last === undefined) return { recipients };
      const sent: Promise<SendResponse>[] = userIds.map((userId) =>
        this.#pipeline.submit({ ...noticeToUser(userId, copyId(clientMessageId, userId), content), lane }),
      );
      recipients += (await Promise.all(sent)).length;
      after = last;
    }
  }
}

/** A session proves that its user exists; the embedding program may name anybody. */
function sendFrom(from: UserId, request: Parameters<typeof sendCommand>[1]): Command<SendResponse> {
  const command = sendCommand(from, request, "all");
  return {
    ...command,
    users: [from, ...(command.users ?? [])],
    decide(stage) {
      stage.requireUsers([from]);
      return command.decide(stage);
    },
  };
}

function refused(error: unknown): Result {
  return { error: toWireError(error) };
}
