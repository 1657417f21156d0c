import type { Bus } from "../../core/delivery/ports.ts";

/** The bus of one process: there is no other node to hear anything. */
export class MemoryBus implements Bus {
  readonly isHealthy = true;

  publish(): void {}

  subscribe(): void {}

  userConnected(): void {}

  userDisconnected(): void {}

  close(): Promise<void> {
    return Promise.resolve();
  }
}
