import {
  type User,
  type UserId,
  type UsersResponse,
  findUsersRequest,
  lookupUsersRequest,
  phone as phoneSchema,
} from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import type { UserDirectory } from "./user-directory.ts";

/** Finding people, for anyone signed in. */
export class People {
  readonly #directory: UserDirectory;

  constructor(directory: UserDirectory) {
    this.#directory = directory;
  }

  /** By the start of a username or display name, or by a whole phone number. */
  async find(payload: unknown): Promise<UsersResponse> {
    const { query, limit, page } = validate(findUsersRequest, payload);
    const [after] = page === undefined ? [""] : decodePage(page, ["string"]);
    const found = await this.#directory.search(query, phoneSchema.safeParse(query).data, after, limit + 1);
    const users = found.slice(0, limit);
    const last = users.at(-1);
    const more = found.length > limit && last !== undefined;
    return { users, more, ...(more && { page: encodePage([last.userId]) }) };
  }

  async lookup(payload: unknown): Promise<UsersResponse> {
    const { userIds } = validate(lookupUsersRequest, payload);
    return { users: await this.#directory.findMany(userIds), more: false };
  }

  /** @throws {ImError} `NOT_FOUND` */
  async get(userId: UserId): Promise<User> {
    const [user] = await this.#directory.findMany([userId]);
    if (!user) throw new ImError("NOT_FOUND", "there is no such user");
    return user;
  }
}
