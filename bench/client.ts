import { randomUUID } from "node:crypto";
import type { Ack, CallName, CallRequest, CallResponse, PushEvent, SessionResponse } from "@im-webapp/protocol";
import { type Socket, io } from "socket.io-client";

/** The least that a load generator needs of a client: no state but the socket, so that the server is what is measured. */
export class BenchClient {
  readonly userId: string;
  readonly socket: Socket;

  private constructor(userId: string, socket: Socket) {
    this.userId = userId;
    this.socket = socket;
  }

  static async register(url: string): Promise<BenchClient> {
    const answer = await fetch(`${url}/api/v1/auth/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        username: `bench-${randomUUID()}`,
        password: "bench-password",
        displayName: "Bench",
        device: { deviceId: "bench", name: "bench" },
      }),
    });
    if (!answer.ok) throw new Error(`register: ${answer.status} ${await answer.text()}`);
    const { user, token } = (await answer.json()) as SessionResponse;
    const socket = io(url, { auth: { token }, transports: ["websocket"], forceNew: true });
    await new Promise<void>((resolve, reject) => {
      socket.once("session:ready", () => resolve());
      socket.once("connect_error", reject);
    });
    return new BenchClient(user.userId, socket);
  }

  async call<C extends CallName>(event: C, payload: CallRequest<C>): Promise<CallResponse<C>> {
    const ack = (await this.socket.emitWithAck(event, payload)) as Ack<CallResponse<C>>;
    if (!ack.ok) throw new Error(`${event}: ${ack.error.code} ${ack.error.message}`);
    return ack.data;
  }

  onPush(listener: (event: PushEvent) => void): void {
    this.socket.on("sync:push", listener);
  }

  close(): void {
    this.socket.close();
  }
}
