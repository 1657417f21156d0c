import { Decoder, Encoder, type Packet, PacketType } from "socket.io-parser";
import { describe, expect, it } from "vitest";
import { Encoded } from "../core/shared/encoded.ts";
import { JsonEncoder } from "./json-encoder.ts";

const PACKETS: Packet[] = [
  { type: PacketType.CONNECT, nsp: "/", data: { sid: "a" } },
  { type: PacketType.CONNECT_ERROR, nsp: "/", data: { message: "no", data: { code: "UNAUTHENTICATED" } } },
  { type: PacketType.DISCONNECT, nsp: "/" },
  { type: PacketType.EVENT, nsp: "/", data: ["typing", { userId: "ä" }] },
  { type: PacketType.EVENT, nsp: "/other", id: 0, data: ["typing", null] },
  { type: PacketType.ACK, nsp: "/", id: 7, data: [{ ok: true, data: { seq: 1 } }] },
  { type: PacketType.ACK, nsp: "/", id: 8, data: [{ ok: false, error: { code: "NOT_FOUND" } }] },
  { type: PacketType.ACK, nsp: "/", id: 9, data: [] },
];

/** What a client makes of it. */
function decode(text: string): Packet {
  const packets: Packet[] = [];
  const decoder = new Decoder();
  decoder.on("decoded", (packet: Packet) => packets.push(packet));
  decoder.add(text);
  expect(packets).toHaveLength(1);
  return packets[0]!;
}

describe("the encoder", () => {
  it.each(PACKETS)("writes what Socket.IO's own writes (%#)", (packet) => {
    expect(new JsonEncoder().encode(packet)).toEqual(new Encoder().encode({ ...packet }));
  });

  it("puts what is JSON already into the answer of a call as it is", () => {
    const data = [{ ok: true, data: new Encoded<{ entries: string[] }>('{"entries":["早"]}') }];
    const [text = ""] = new JsonEncoder().encode({ type: PacketType.ACK, nsp: "/", id: 3, data });
    expect(decode(text)).toEqual({
      type: PacketType.ACK,
      nsp: "/",
      id: 3,
      data: [{ ok: true, data: { entries: ["早"] } }],
    });
    expect(JSON.parse(JSON.stringify(data)), "and elsewhere it is what it is of").toEqual([
      { ok: true, data: { entries: ["早"] } },
    ]);
  });
});
