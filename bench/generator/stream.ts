import { type Socket, connect } from "node:net";
import type { Endpoint } from "../subjects/subject.ts";

/** What one read takes at most, in bytes. */
const READ_BYTES = 128 * 1024;

/** Every socket reads into this one: what is read is looked at, or copied, before the next read. */
const shared = Buffer.allocUnsafe(READ_BYTES);

export interface StreamListener {
  /** Bytes that are valid only during the call. */
  data(bytes: Buffer): void;
  /** The other side closed, or the connection broke. */
  closed(error: Error | undefined): void;
}

/** A TCP connection that reads without allocating. `listener` hears nothing more once the caller has destroyed it. */
export function openStream({ host, port }: Endpoint, listener: StreamListener): Socket {
  const socket = connect({
    host,
    port,
    noDelay: true,
    onread: {
      buffer: shared,
      callback(length) {
        listener.data(shared.subarray(0, length));
        return true;
      },
    },
  });
  let broken: Error | undefined;
  socket.on("error", (error) => {
    broken = error;
  });
  socket.on("close", () => {
    listener.closed(broken);
  });
  return socket;
}
