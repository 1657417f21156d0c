import type { Bus, BusMessage } from "../../core/delivery/ports.ts";

/** The bus of one process: there is no other node to hear anything. */
export class MemoryBus implements Bus {
  publish(_message: BusMessage): void {}

  subscribe(_listener: (message: BusMessage) => void): void {}

  close(): Promise<void> {
    return Promise.resolve();
  }
}
