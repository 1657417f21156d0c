import type { EpochMs, FileInfo, UserId } from "@im-webapp/protocol";

/** A file as it is kept. */
export interface StoredFile extends FileInfo {
  readonly uploaderId: UserId;
}

/** What is known of files, and which messages carry them. Messages themselves note that they do. */
export interface FileIndex {
  find(fileId: string): Promise<StoredFile | undefined>;
  /** Adds a file that no message carries yet; does nothing when it is there. */
  add(file: StoredFile, at: EpochMs, removableAt: EpochMs): Promise<void>;
  /** Whether a conversation that the user is in carries the file, in a message that they may read. */
  isCarriedTo(fileId: string, userId: UserId): Promise<boolean>;
  /** Bytes of all files that the user has uploaded and that are kept. */
  bytesOf(userId: UserId): Promise<number>;
  /** Files that may go, at most `limit`. */
  removable(before: EpochMs, limit: number): Promise<string[]>;
  /** Forgets a file unless a message carries it by now; false: one does, or it is gone already. */
  forget(fileId: string, before: EpochMs): Promise<boolean>;
}

/** What a file turns out to be. */
export interface InspectedFile extends Omit<FileInfo, "fileId" | "name" | "size"> {
  /** Of an image: smaller forms of it, as WebP. */
  readonly thumbnail?: Uint8Array;
  readonly preview?: Uint8Array;
}

/** Finds out what a file is, by its bytes. */
export interface FileInspector {
  /**
   * Never refuses: what cannot be read as an image is a file like any other.
   *
   * @param path of a file of this machine
   */
  inspect(path: string): Promise<InspectedFile>;
}

/** A file on its way, or one that has come and was not taken yet. */
export interface PendingUpload {
  readonly userId: UserId;
  readonly name: string;
  /** Of this machine. */
  readonly path: string;
  readonly isWhole: boolean;
}

/** Uploads that are resumed after any break, at whichever time. */
export interface PendingUploads {
  find(fileId: string): Promise<PendingUpload | undefined>;
  /** Bytes that all uploads of the user will have when they are whole. */
  bytesOf(userId: UserId): Promise<number>;
  /** Does nothing when it is gone. */
  remove(fileId: string): Promise<void>;
}
