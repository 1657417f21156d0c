import { createHash, randomBytes } from "node:crypto";
import type { Device, EpochMs, RevokedEvent, UserId } from "@im-webapp/protocol";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { newId } from "../shared/ids.ts";
import type { Session, SessionStore } from "./ports.ts";

/** How long a session lasts without signing in again, in milliseconds: 90 days. */
const SESSION_LIFE_MS = 90 * 24 * 60 * 60 * 1000;

/** Entropy of a token in bytes. */
const TOKEN_BYTES = 32;

/** Closes the sockets of a device on every node, but for those of the session to keep. */
export type EndSockets = (
  device: Pick<Session, "userId" | "deviceId">,
  reason: RevokedEvent["reason"],
  keepSessionId?: string,
) => void;

/** Makes, recognises and ends sessions. */
export class Sessions {
  readonly #store: SessionStore;
  readonly #clock: Clock;
  readonly #endSockets: EndSockets;

  constructor(store: SessionStore, clock: Clock, endSockets: EndSockets) {
    this.#store = store;
    this.#clock = clock;
    this.#endSockets = endSockets;
  }

  /** Starts the device's session; an earlier one of the same device ends, and its sockets close. */
  async start(userId: UserId, device: Device): Promise<{ token: string; expiresAt: EpochMs }> {
    const at = this.#clock();
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const session = {
      sessionId: newId(),
      userId,
      deviceId: device.deviceId,
      expiresAt: at + SESSION_LIFE_MS,
      signedInAt: at,
    };
    await this.#store.start(session, device, hashToken(token), at);
    this.#endSockets(session, "replaced", session.sessionId);
    return { token, expiresAt: session.expiresAt };
  }

  /** @throws {ImError} `UNAUTHENTICATED` when the token is missing, unknown, ended or expired */
  async authenticate(token: unknown): Promise<Session> {
    if (typeof token !== "string" || token === "") throw new ImError("UNAUTHENTICATED", "sign in first");
    const session = await this.#store.find(hashToken(token));
    if (!session || session.expiresAt <= this.#clock()) {
      throw new ImError("UNAUTHENTICATED", "this session has ended: sign in again");
    }
    return session;
  }

  /** Whether a session that was authenticated before has not ended since. */
  async isLive({ userId, deviceId, sessionId }: Pick<Session, "userId" | "deviceId" | "sessionId">): Promise<boolean> {
    const current = await this.#store.current(userId, deviceId);
    return current !== undefined && current.sessionId === sessionId && current.expiresAt > this.#clock();
  }

  /** Notes that the session's device is connected. */
  async seen(session: Session): Promise<void> {
    await this.#store.seen(session.userId, session.deviceId, this.#clock());
  }

  async end(session: Session): Promise<void> {
    await this.#store.end(session, this.#clock());
    this.#endSockets(session, "logout");
  }
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
