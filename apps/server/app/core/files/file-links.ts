import type { FileLink, UserId } from "@im-webapp/protocol";
import { SignJWT, errors, jwtVerify } from "jose";
import type { Session } from "../accounts/ports.ts";
import type { Sessions } from "../accounts/sessions.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";

/** How long an address works, in milliseconds: an hour, the length of what one watches in a piece. */
const LIFE_MS = 60 * 60 * 1000;

const ALGORITHM = "HS256";

/** Addresses of files that need no header, because players and downloads cannot send one. Each is one session's. */
export class FileLinks {
  readonly #key: Uint8Array;
  readonly #sessions: Pick<Sessions, "isLive">;
  readonly #clock: Clock;

  constructor(key: Uint8Array, sessions: Pick<Sessions, "isLive">, clock: Clock) {
    this.#key = key;
    this.#sessions = sessions;
    this.#clock = clock;
  }

  /** Gives nobody a right: whoever comes by it still must be allowed to read the file. */
  async make({ userId, deviceId, sessionId }: Session, fileId: string): Promise<FileLink> {
    const expiresAt = this.#clock() + LIFE_MS;
    const key = await new SignJWT({ deviceId, sessionId })
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(userId)
      .setAudience(fileId)
      .setExpirationTime(new Date(expiresAt))
      .sign(this.#key);
    return { url: `/api/v1/files/${encodeURIComponent(fileId)}?key=${key}`, expiresAt };
  }

  /**
   * Who comes by such an address.
   *
   * @throws {ImError} `UNAUTHENTICATED` for one that was not made here, is of another file, or too old, and after the end
   * of its session
   */
  async read(key: string, fileId: string): Promise<UserId> {
    const ended = () => new ImError("UNAUTHENTICATED", "this address works no more");
    try {
      const { payload } = await jwtVerify(key, this.#key, {
        algorithms: [ALGORITHM],
        audience: fileId,
        currentDate: new Date(this.#clock()),
      });
      const { sub: userId, deviceId, sessionId } = payload;
      if (userId === undefined || typeof deviceId !== "string" || typeof sessionId !== "string") throw ended();
      if (!(await this.#sessions.isLive({ userId, deviceId, sessionId }))) throw ended();
      return userId;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw ended();
      throw error;
    }
  }
}
