import type { z } from "zod";

/** One REST call. `query` travels in the address, `body` as JSON, or as bytes where it is a file. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** Whether it needs `Authorization: Bearer <token>`. */
  readonly signedIn: boolean;
  /** Whether it is of the server API, which needs `Authorization: Bearer <server key>`. */
  readonly serverKey?: true;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
}
