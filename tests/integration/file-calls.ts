import { type FileInfo, type MediaRequest, fileInfo, type SendResponse, type Target } from "@im-webapp/protocol";
import { randomUUID } from "node:crypto";
import sharp from "sharp";
import type { Connection } from "../support/connection.ts";
import { wireErrorOf } from "../support/rest.ts";

/** Whoever has a session. */
export interface Caller {
  readonly url: string;
  readonly token: string;
}

export const bearer = ({ token }: Caller) => ({ authorization: `Bearer ${token}` });

/** Uploads in one piece, whatever comes of it. */
export function postFile(caller: Caller, bytes: BlobPart, name = "file.bin", field = "file"): Promise<Response> {
  const form = new FormData();
  form.set(field, new Blob([bytes]), name);
  return fetch(`${caller.url}/api/v1/files`, { method: "POST", headers: bearer(caller), body: form });
}

/** Uploads a file that should be taken. */
export async function uploadFile(caller: Caller, bytes: BlobPart, name?: string): Promise<FileInfo> {
  const response = await postFile(caller, bytes, name);
  const body: unknown = await response.json();
  if (response.status !== 201) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return fileInfo.strict().parse(body);
}

/** Status and code of a refusal, or the status alone. */
export async function outcomeOf(response: Response): Promise<string> {
  const text = await response.text();
  if (response.ok) return String(response.status);
  return `${response.status} ${wireErrorOf(JSON.parse(text) as unknown)?.code}`;
}

export function readFile(caller: Caller, fileId: string, query = "", headers = {}): Promise<Response> {
  return fetch(`${caller.url}/api/v1/files/${fileId}${query}`, { headers: { ...bearer(caller), ...headers } });
}

export const send = (connection: Connection, to: Target, content: MediaRequest): Promise<SendResponse> =>
  connection.ok("message:send", { clientMessageId: randomUUID(), to, content });

/** A picture of one colour. */
export async function pictureOf(colour = "#07c", width = 640, height = 480): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: colour } })
      .png()
      .toBuffer(),
  );
}

export const words = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
