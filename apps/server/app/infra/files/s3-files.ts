import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { ByteRange, FileStore } from "../../core/files/file-store.ts";
import { unavailable } from "../../core/shared/errors.ts";

/** Where the objects are, and as whom. */
export interface S3Settings {
  readonly bucket: string;
  /** Absent: Amazon's, by the region. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** How long the storage may take to answer, in milliseconds; a large file may take longer to come. */
const CONNECT_TIMEOUT_MS = 5_000;

/** Files as objects of one bucket in a storage that speaks S3. An object has at most 5 GiB, as S3 puts them in one call. */
export class S3Files implements FileStore {
  readonly #bucket: string;
  readonly #client: S3Client;

  constructor({ bucket, endpoint, region, accessKeyId, secretAccessKey }: S3Settings) {
    this.#bucket = bucket;
    this.#client = new S3Client({
      region,
      ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
      credentials: { accessKeyId, secretAccessKey },
      // Storages other than Amazon's do not know its newer checksums.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS },
    });
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    await this.#reach(() => this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: name, Body: bytes })));
  }

  async putFile(name: string, path: string): Promise<void> {
    const { size } = await stat(path);
    await this.#reach(() =>
      this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: name,
          Body: createReadStream(path),
          ContentLength: size,
        }),
      ),
    );
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    const found = await this.#find(name);
    return found?.Body?.transformToByteArray();
  }

  async open(name: string, range?: ByteRange): Promise<Readable | undefined> {
    const found = await this.#find(name, range);
    return found?.Body instanceof Readable ? found.Body : undefined;
  }

  async remove(name: string): Promise<void> {
    await this.#reach(() => this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: name })));
  }

  #find(name: string, range?: ByteRange): Promise<GetObjectCommandOutput | undefined> {
    return this.#reach(async () => {
      try {
        return await this.#client.send(
          new GetObjectCommand({
            Bucket: this.#bucket,
            Key: name,
            ...(range && { Range: `bytes=${range.start}-${range.end}` }),
          }),
        );
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    });
  }

  /** @throws {ImError} `UNAVAILABLE` when the storage does not answer or refuses: it is ours to mend, not the caller's */
  async #reach<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unavailable("the file storage cannot be reached", error);
    }
  }
}
