import type { Me, UpdateMeRequest, User, UserId } from "@im-webapp/protocol";
import { PORTRAIT_TIMEOUT_MS } from "./portrait-timeout.ts";
import type { RestRequest } from "../transport/rest.ts";
import type { RemoteContext } from "./remote.ts";

/**
 * The signed-in user's own profile and settings, and others' profiles. Every call needs the server, and rejects with an
 * `ImError`. What it changes of oneself is in `state.me` when it resolves, and comes to one's other devices by itself.
 */
export class AccountCalls {
  readonly #context: RemoteContext;

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /** Reads the user's own profile and settings anew. */
  async load(): Promise<Me> {
    return this.#me({ method: "GET", path: "/me" });
  }

  /**
   * Changes what is named; null takes a gender or phone number away, an empty text the description. `CONFLICT` when the
   * phone number is another's (`details.fields` says so), `BAD_REQUEST` for what is malformed.
   */
  async updateProfile(change: UpdateMeRequest): Promise<Me> {
    return this.#me({ method: "PATCH", path: "/me", body: change });
  }

  /**
   * Makes a portrait of the middle of an image: JPEG, PNG, WebP or GIF of at most `MAX_PORTRAIT_BYTES` and
   * `MAX_PORTRAIT_PIXELS`. `TOO_LARGE` beyond these, `BAD_REQUEST` for anything else. `me.avatar` is then its path, to be put
   * behind the server's origin.
   */
  async setAvatar(image: Blob): Promise<Me> {
    return this.#me({ method: "PUT", path: "/me/avatar", body: image, timeoutMs: PORTRAIT_TIMEOUT_MS });
  }

  /** Takes the portrait away. */
  async removeAvatar(): Promise<Me> {
    return this.#me({ method: "DELETE", path: "/me/avatar" });
  }

  /** Reads somebody's profile anew, for `state.users` as well. `NOT_FOUND` when there is no such user. */
  async refresh(userId: UserId): Promise<User> {
    const { directory } = this.#context.account();
    const user = await this.#context.send<User>({ method: "GET", path: `/users/${encodeURIComponent(userId)}` });
    directory.learn([user]);
    return user;
  }

  #me(request: RestRequest): Promise<Me> {
    return this.#context.keepMe(() => this.#context.send<Me>(request));
  }
}
