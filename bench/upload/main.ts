import { parseArgs } from "node:util";
import { UPLOADS_PATH, fileInfo } from "@im-webapp/protocol";
import { type BenchDatabase, startBenchDatabase } from "../measure/database.ts";
import { residentBytes } from "../measure/processor-time.ts";
import { align } from "../report/table.ts";
import { startImWebapp } from "../subjects/im-webapp.ts";

const MIB = 2 ** 20;

/** Size of the upload before the measured ones, after which code is compiled and pools are full, in MiB. */
const WARM_UP_MIB = 8;

const READ_EVERY_MS = 100;

/** Bytes of one write of the sender. */
const CHUNK_BYTES = 64 * 1024;

type Way = "tus" | "multipart";

interface Measured {
  readonly way: Way;
  readonly seconds: number;
  readonly before: number;
  readonly highest: number;
}

/**
 * `npm run bench -- upload [--mib 2048]`: what the server's memory does while one large file comes, resumable and in one
 * piece. Nothing is sent by it; the file is of random-looking bytes that are made as they are sent.
 */
export async function uploadCommand(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: { mib: { type: "string", default: "2048" } } });
  const database = await startBenchDatabase();
  try {
    const results = await upload(database, Number(values.mib));
    process.stdout.write(`${report(Number(values.mib), results)}\n`);
  } finally {
    await database.stop();
  }
}

async function upload(database: BenchDatabase, mib: number): Promise<readonly Measured[]> {
  const server = await startImWebapp(database, { env: { FILE_MAX_MB: "4096", FILES_PER_USER_MB: "16384" } });
  const url = `http://${server.endpoint.host}:${server.endpoint.port}`;
  try {
    const [person] = await server.people(1);
    if (!person) throw new Error("nobody was made");
    const results: Measured[] = [];
    for (const way of ["tus", "multipart"] as const) {
      await send(url, person.secret, way, WARM_UP_MIB * MIB);
      const before = residentBytes(server.pid);
      let highest = before;
      const reading = setInterval(() => (highest = Math.max(highest, residentBytes(server.pid))), READ_EVERY_MS);
      const startedAt = performance.now();
      await send(url, person.secret, way, mib * MIB);
      clearInterval(reading);
      results.push({ way, before, highest, seconds: (performance.now() - startedAt) / 1_000 });
    }
    return results;
  } finally {
    await server.stop();
  }
}

async function send(url: string, token: string, way: Way, size: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await (way === "tus" ? sendTus(url, headers, size) : sendForm(url, headers, size));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${way}: ${answer.status} ${text}`);
  const info = fileInfo.parse(JSON.parse(text));
  if (info.size !== size) throw new Error(`${info.size} of ${size} bytes have come`);
}

async function sendTus(url: string, headers: Record<string, string>, size: number): Promise<Response> {
  const tus = { ...headers, "tus-resumable": "1.0.0" };
  const made = await fetch(url + UPLOADS_PATH, { method: "POST", headers: { ...tus, "upload-length": String(size) } });
  return stream(url + (made.headers.get("location") ?? ""), "PATCH", size, {
    ...tus,
    "upload-offset": "0",
    "content-type": "application/offset+octet-stream",
  });
}

function sendForm(url: string, headers: Record<string, string>, size: number): Promise<Response> {
  const [head, tail] = [
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n',
    "\r\n--x--\r\n",
  ].map((text) => new TextEncoder().encode(text));
  const type = { "content-type": "multipart/form-data; boundary=x" };
  return stream(`${url}/api/v1/files`, "POST", size, { ...headers, ...type }, head, tail);
}

function stream(
  url: string,
  method: string,
  size: number,
  headers: Record<string, string>,
  head = new Uint8Array(),
  tail = new Uint8Array(),
): Promise<Response> {
  const chunk = new Uint8Array(CHUNK_BYTES).map((_, index) => (index * 2_654_435_761) >>> 24);
  let left = size;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (head.length > 0) controller.enqueue(head);
    },
    pull: (controller) => {
      const part = chunk.subarray(0, Math.min(left, chunk.length));
      left -= part.length;
      controller.enqueue(part);
      if (left > 0) return;
      if (tail.length > 0) controller.enqueue(tail);
      controller.close();
    },
  });
  return fetch(url, { method, headers, body, duplex: "half" } as RequestInit);
}

function report(mib: number, results: readonly Measured[]): string {
  const inMib = (bytes: number): string => (bytes / MIB).toFixed(0);
  return align(
    [
      [`${mib} MiB`, "MiB a second", "resident before, MiB", "highest, MiB", "more, MiB"],
      ...results.map(({ way, seconds, before, highest }) => [
        way,
        (mib / seconds).toFixed(0),
        inMib(before),
        inMib(highest),
        inMib(highest - before),
      ]),
    ],
    1,
  );
}
