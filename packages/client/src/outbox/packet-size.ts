import { ImError } from "../errors.ts";

/** What a packet's framing may add to a payload, in bytes, with room to spare. */
const PACKET_OVERHEAD_BYTES = 1_024;

/**
 * A packet above the server's limit would close the connection, again at every attempt; so it never leaves.
 *
 * @throws {ImError} `TOO_LARGE`
 */
export function refuseOversized(request: object, maxPacketBytes: number): void {
  const bytes = new TextEncoder().encode(JSON.stringify(request)).length + PACKET_OVERHEAD_BYTES;
  if (bytes > maxPacketBytes) {
    throw new ImError({ code: "TOO_LARGE", message: `More than ${maxPacketBytes} bytes` });
  }
}
