import { z } from "zod";
import { fileInfo, fileLink, readFileRequest } from "./files.ts";
import type { Route } from "./route.ts";

/** Files: uploading, and reading by those who may. Resumable uploads speak tus 1.0 at `UPLOADS_PATH`. */
export const FILE_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/files",
    signedIn: true,
    summary:
      "Uploads a file in one piece: multipart, the field `file`. `TOO_LARGE` beyond what one file, or all files of a user, may take. What no message carries within a day is removed.",
    body: z.file(),
    response: fileInfo,
  },
  {
    method: "GET",
    path: "/api/v1/files/:fileId/info",
    signedIn: true,
    summary:
      "What a file is, for its uploader and the members of a conversation that carries it. `CONFLICT` while it is not wholly uploaded. After a resumable upload it is asked for here, by the last part of the upload's address.",
    response: fileInfo,
  },
  {
    method: "GET",
    path: "/api/v1/files/:fileId/link",
    signedIn: true,
    summary: "An address by which players and downloads of this user read the file without a header, for an hour.",
    response: fileLink,
  },
  {
    method: "GET",
    path: "/api/v1/files/:fileId",
    signedIn: true,
    summary:
      "The file, for its uploader and the members of a conversation that carries it; ranges are served. What could run in a browser is only ever a download.",
    query: readFileRequest,
    response: z.file(),
  },
];
