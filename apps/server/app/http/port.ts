import type { IncomingMessage, ServerResponse } from "node:http";
import type { UserId } from "@im-webapp/protocol";
import type { Context } from "egg";
import type { Session } from "../core/accounts/ports.ts";
import type { Core } from "../core/core.ts";
import type { CallLimit } from "../core/shared/limit.ts";

/** What controllers and middleware may use. The boot class gives it to the Egg application. */
export interface HttpPort {
  readonly core: Core;
  /** The key of the server API; undefined: there is no server API. */
  readonly serverKey: string | undefined;
  readonly limits: { readonly auth: CallLimit; readonly rest: CallLimit };
  readonly uploads: {
    /** Answers a request of tus for a user. */
    handle(userId: UserId, request: IncomingMessage, response: ServerResponse): Promise<void>;
    /** Where an upload of one piece may be written. */
    newPath(fileId: string): Promise<string>;
  };
  readMetrics(): Promise<{ text: string; contentType: string }>;
  observeRequest(method: string, status: number, seconds: number): void;
  /** False while draining or when the database does not answer. */
  isReady(): Promise<boolean>;
  logFault(error: unknown, what: { method: string; path: string }): void;
}

const ports = new WeakMap<object, HttpPort>();

export function setHttpPort(app: object, port: HttpPort): void {
  ports.set(app, port);
}

export function httpPort(ctx: Context): HttpPort {
  const port = ports.get(ctx.app);
  if (!port) throw new Error("the application is not composed yet");
  return port;
}

export function core(ctx: Context): Core {
  return httpPort(ctx).core;
}

const sessions = new WeakMap<object, Session>();

export function setSession(ctx: Context, session: Session): void {
  sessions.set(ctx, session);
}

/** The session of a route behind `requireSession`. */
export function sessionOf(ctx: Context): Session {
  const session = sessions.get(ctx);
  if (!session) throw new Error(`${ctx.path} is not behind requireSession`);
  return session;
}

/** The part of the path that a route named. */
export function pathParameter(ctx: Context, name: string): string {
  const value: unknown = (ctx.params as Record<string, unknown>)[name];
  return typeof value === "string" ? value : "";
}

/** The body as the parser left it; nothing at all when the call carried none. */
export function bodyOf(ctx: Context): unknown {
  return (ctx.request as { body?: unknown }).body;
}
