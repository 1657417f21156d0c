import type { Route } from "./route.ts";
import { searchFilesRequest, searchFilesResponse, searchMessagesRequest, searchMessagesResponse } from "./search.ts";

/** Finding what was said. */
export const SEARCH_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/search/messages",
    signedIn: true,
    summary:
      "Messages that the caller may read and has not deleted, by their words, the newest first. A page can be short and yet have more behind it. `NOT_FOUND` for a conversation that the caller never was in.",
    query: searchMessagesRequest,
    response: searchMessagesResponse,
  },
  {
    method: "GET",
    path: "/api/v1/search/files",
    signedIn: true,
    summary:
      "Files in messages that the caller may read and has not deleted, by their names, the newest first. A page can be short and yet have more behind it. `NOT_FOUND` for a conversation that the caller never was in.",
    query: searchFilesRequest,
    response: searchFilesResponse,
  },
];
