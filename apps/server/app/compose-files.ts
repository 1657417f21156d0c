import path from "node:path";
import type { Settings } from "../config/environment.ts";
import type { Sessions } from "./core/accounts/sessions.ts";
import type { FileStore } from "./core/files/file-store.ts";
import { FileLinks } from "./core/files/file-links.ts";
import { FileSweeper } from "./core/files/file-sweeper.ts";
import { Files } from "./core/files/files.ts";
import { DiskFiles } from "./infra/files/disk-files.ts";
import { TusUploads } from "./infra/files/tus-uploads.ts";
import { UploadFolder } from "./infra/files/upload-folder.ts";
import { SharpFileInspector } from "./infra/images/file-inspector.ts";
import { SqlFileIndex } from "./repository/file-index.ts";
import { readFileKey } from "./repository/settings-store.ts";
import type { Sql } from "./repository/sql.ts";

export interface FileParts {
  readonly settings: Settings;
  readonly sql: Sql;
  readonly sessions: Sessions;
  readonly onFault: (error: unknown) => void;
}

/** Builds what keeps files, takes uploads and gives them to those who may read them. */
export async function composeFiles({ settings, sql, sessions, onFault }: FileParts) {
  const store = await openStore(settings);
  const folder = new UploadFolder(path.join(settings.dataDir, "uploads"));
  const files = new Files({
    index: new SqlFileIndex(sql),
    store,
    inspector: new SharpFileInspector(),
    uploads: folder,
    clock: Date.now,
    maxBytes: settings.maxFileBytes,
    maxBytesOfKind: settings.maxKindBytes,
    maxBytesOfUser: settings.maxUserFileBytes,
  });
  const tus = new TusUploads(files, folder, onFault);
  return {
    store,
    files,
    fileLinks: new FileLinks(await readFileKey(sql), sessions, Date.now),
    uploads: {
      handle: tus.handle.bind(tus),
      newPath: folder.newPath.bind(folder),
    },
    sweeper: new FileSweeper(files, folder, onFault),
  };
}

async function openStore({ s3, dataDir }: Settings): Promise<FileStore> {
  if (s3 === undefined) return new DiskFiles(path.join(dataDir, "files"));
  // Loaded where it is asked for: it takes memory and time at the start.
  const { S3Files } = await import("./infra/files/s3-files.ts");
  return new S3Files(s3);
}
