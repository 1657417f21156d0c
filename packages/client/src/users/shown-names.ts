import type { ConversationId, Message } from "@im-webapp/protocol";
import type { WindowView } from "../windows/open-window.ts";
import type { Directory } from "./directory.ts";
import { usersOfMessage } from "./mentioned-users.ts";

/** Has the names looked up that open windows show, once for each message. */
export class ShownNames {
  readonly #directory: Directory;
  readonly #seen = new WeakSet<Message>();

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  want(windows: ReadonlyMap<ConversationId, WindowView>): void {
    for (const { messages } of windows.values()) {
      for (const message of messages) {
        if (this.#seen.has(message)) continue;
        this.#seen.add(message);
        this.#directory.want(usersOfMessage(message));
      }
    }
  }
}
