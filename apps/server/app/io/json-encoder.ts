import { Encoder, type Packet } from "socket.io-parser";

/** Socket.IO's encoder without its search of every payload for binary parts: there are none in this protocol. */
export class JsonEncoder extends Encoder {
  override encode(packet: Packet): string[] {
    const namespace = packet.nsp && packet.nsp !== "/" ? `${packet.nsp},` : "";
    const data = packet.data === undefined || packet.data === null ? "" : JSON.stringify(packet.data);
    return [`${packet.type}${namespace}${packet.id ?? ""}${data}`];
  }
}
