import type { IncomingMessage, ServerResponse } from "node:http";
import { ERROR_CODES, UPLOADS_PATH, type UserId } from "@im-webapp/protocol";
import { EVENTS, Server, type ServerOptions } from "@tus/server";
import type { Files } from "../../core/files/files.ts";
import { ImError, toWireError } from "../../core/shared/errors.ts";
import { newId } from "../../core/shared/ids.ts";
import { NAME_FIELD, OWNER_FIELD, type UploadFolder } from "./upload-folder.ts";

type TusRequest = Parameters<NonNullable<ServerOptions["onUploadCreate"]>>[0];

/** Resumable uploads: tus 1.0, for users who are signed in. Each user knows only of their own. */
export class TusUploads {
  readonly #onFault: (error: unknown) => void;
  readonly #server: Server;
  /** Uploads that begin just now, of which the folder does not tell yet. */
  readonly #beginning = new Map<IncomingMessage, { readonly userId: UserId; readonly bytes: number }>();
  readonly #users = new WeakMap<IncomingMessage, UserId>();

  constructor(files: Files, folder: UploadFolder, onFault: (error: unknown) => void) {
    this.#onFault = onFault;
    this.#server = new Server({
      path: UPLOADS_PATH,
      datastore: folder.store,
      relativeLocation: true,
      namingFunction: () => newId(),
      onUploadCreate: async (request, upload) => {
        const [node, userId] = [nodeOf(request), this.#userOf(request)];
        const { size } = upload;
        if (size === undefined) throw new ImError("BAD_REQUEST", "upload-length: say how many bytes will come");
        const others = [...this.#beginning.values()].filter((other) => other.userId === userId);
        if (node) this.#beginning.set(node, { userId, bytes: size });
        await files.requireRoomToUpload(
          userId,
          size,
          others.reduce((sum, { bytes }) => sum + bytes, 0),
        );
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
    this.#server.on(EVENTS.POST_CREATE, (request) => this.#hasBegun(nodeOf(request)));
  }

  /** Answers one request of a user. */
  async handle(userId: UserId, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#users.set(request, userId);
    try {
      await this.#server.handle(request, response);
    } finally {
      this.#hasBegun(request);
    }
  }

  /** Whether it came of it or not. */
  #hasBegun(request: IncomingMessage | undefined): void {
    if (request) this.#beginning.delete(request);
  }

  #userOf(request: TusRequest): UserId {
    const node = nodeOf(request);
    const userId = node && this.#users.get(node);
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

function nodeOf({ runtime }: TusRequest): IncomingMessage | undefined {
  return runtime?.node?.req as IncomingMessage | undefined;
}
