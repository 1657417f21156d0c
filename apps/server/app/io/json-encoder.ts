import { Encoder, type Packet } from "socket.io-parser";
import { Encoded } from "../core/shared/encoded.ts";

/**
 * Socket.IO's encoder without its search of every payload for binary parts, of which there are none in this protocol,
 * and with a way past it for what is JSON already (socket.io-protocol, revision 5).
 */
export class JsonEncoder extends Encoder {
  override encode(packet: Packet): string[] {
    const namespace = packet.nsp && packet.nsp !== "/" ? `${packet.nsp},` : "";
    return [`${packet.type}${namespace}${packet.id ?? ""}${textOf(packet.data)}`];
  }
}

function textOf(data: unknown): string {
  if (data === undefined || data === null) return "";
  const answer: unknown = Array.isArray(data) ? data[0] : undefined;
  if (isSuccess(answer) && answer.data instanceof Encoded) return `[{"ok":true,"data":${answer.data.text}}]`;
  return JSON.stringify(data);
}

function isSuccess(answer: unknown): answer is { ok: true; data: unknown } {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === true && "data" in answer;
}
