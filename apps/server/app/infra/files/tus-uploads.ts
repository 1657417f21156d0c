import type { IncomingMessage, ServerResponse } from "node:http";
import { ERROR_CODES, UPLOADS_PATH, type UserId } from "@im-webapp/protocol";
import { Server, type ServerOptions } from "@tus/server";
import type { Files } from "../../core/files/files.ts";
import { ImError, toWireError } from "../../core/shared/errors.ts";
import { newId } from "../../core/shared/ids.ts";
import { NAME_FIELD, OWNER_FIELD, type UploadFolder } from "./upload-folder.ts";

type TusRequest = Parameters<NonNullable<ServerOptions["onUploadCreate"]>>[0];

/** Resumable uploads: tus 1.0, for users who are signed in. Each user knows only of their own. */
export class TusUploads {
  readonly #onFault: (error: unknown) => void;
  readonly #server: Server;
  readonly #users = new WeakMap<IncomingMessage, UserId>();

  constructor(files: Files, folder: UploadFolder, onFault: (error: unknown) => void) {
    this.#onFault = onFault;
    this.#server = new Server({
      path: UPLOADS_PATH,
      datastore: folder.store,
      relativeLocation: true,
      namingFunction: () => newId(),
      onUploadCreate: async (request, upload) => {
        const userId = this.#userOf(request);
        if (upload.size === undefined) throw new ImError("BAD_REQUEST", "upload-length: say how many bytes will come");
        await files.requireRoom(userId, upload.size);
        return { metadata: { [NAME_FIELD]: upload.metadata?.[NAME_FIELD] ?? "", [OWNER_FIELD]: userId } };
      },
      onIncomingRequest: async (request, fileId) => {
        if (request.method === "POST") return;
        const upload = await folder.find(fileId);
        if (upload?.userId !== this.#userOf(request)) throw new ImError("NOT_FOUND", "there is no such upload");
      },
      onUploadFinish: async (request, { id }) => {
        const info = await files.takeUpload(this.#userOf(request), id);
        return { status_code: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(info) };
      },
      onResponseError: (_, error) => this.#toAnswer(error),
    });
  }

  /** Answers one request of a user. */
  async handle(userId: UserId, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#users.set(request, userId);
    await this.#server.handle(request, response);
  }

  #userOf({ runtime }: TusRequest): UserId {
    const request = runtime?.node?.req;
    const userId = request && this.#users.get(request as IncomingMessage);
    if (userId === undefined) throw new ImError("UNAUTHENTICATED", "sign in first");
    return userId;
  }

  #toAnswer(error: Error | { status_code: number; body: string }): { status_code: number; body: string } | undefined {
    // What tus itself refuses it says in its own way, and its clients know it.
    if ("status_code" in error) return undefined;
    if (!(error instanceof ImError)) this.#onFault(error);
    const wire = toWireError(error);
    return { status_code: ERROR_CODES[wire.code].status, body: JSON.stringify({ error: wire }) };
  }
}
