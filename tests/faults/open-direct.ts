import { randomUUID } from "node:crypto";
import type { Person } from "../support/people.ts";
import type { Attempt } from "./history.ts";

/** The first message of a direct conversation, which makes it. */
export async function openDirect(person: Person, peer: Person): Promise<Attempt> {
  const connection = await person.connect();
  try {
    const clientMessageId = randomUUID();
    const text = `hello ${peer.username}`;
    const acknowledgement = await connection.ok("message:send", {
      clientMessageId,
      to: { userId: peer.userId },
      content: { kind: "text", text },
    });
    return {
      sender: person.userId,
      clientMessageId,
      conversationId: acknowledgement.conversationId,
      text,
      socket: `${connection.socket.id}`,
      outcome: "acknowledged",
      acknowledgement,
    };
  } finally {
    connection.close();
  }
}
