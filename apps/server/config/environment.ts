import path from "node:path";
import type { FileKind } from "@im-webapp/protocol";
import { z } from "zod";

/** A fixed offset from UTC; named zones would make the same local time mean two moments once a year.
 * The range is MariaDB's. */
const OFFSET = /^(-(0\d|1[0-2]):[0-5]\d|\+(0\d|1[0-2]):[0-5]\d|\+13:00)$/;

const DATABASE_URL = /^(sqlite:.+|mysql:\/\/.+)$/;

/** Over plain HTTP tokens could be read by others, so it is for a provider on this machine only. */
const OIDC_ISSUER = /^(https:\/\/.+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/.*)?)$/;

const MIB = 1024 * 1024;

const integer = (min: number, max: number) => z.coerce.number().pipe(z.int().min(min).max(max));

/**
 * Every variable that the server reads, in the order in which docs/operations.md lists them. The description is the
 * text of that table; a test holds the two together.
 */
export const environmentSchema = z.object({
  PORT: integer(0, 65_535).default(7001).describe("TCP port of HTTP and sockets; 0 takes a free one"),
  HOST: z.string().optional().describe("Address to listen on; absent: all of this machine's, IPv4 and IPv6"),
  DATABASE_URL: z
    .string()
    .regex(DATABASE_URL, "must be sqlite:PATH or mysql://user:password@host:port/database")
    .optional()
    .describe("`sqlite:PATH` or `mysql://user:password@host:port/database`; absent: `im.sqlite` under `DATA_DIR`"),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/.+$/, "must be redis://[:password@]host:port[/db]")
    .optional()
    .describe("The bus between processes, `redis://:password@host:port`; absent: one process, no bus"),
  // What a header of HTTP can carry behind "Bearer".
  SERVER_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "must be of visible ASCII characters")
    .optional()
    .describe("Key of the server API; absent: no server API"),
  ENCRYPTION_KEY: z
    .string()
    .regex(/^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/, "must be 32 bytes, in hex or base64")
    .optional()
    .describe("Encrypts two-factor secrets in the database: 32 bytes in hex or base64; absent: they are not encrypted"),
  OIDC_ISSUER: z
    .string()
    .regex(OIDC_ISSUER, "must be an https:// address, or http:// of this machine")
    .optional()
    .describe("Address of an OpenID provider by which people may sign in too; absent: there is no such sign-in"),
  OIDC_CLIENT_ID: z.string().optional().describe("What the provider calls this server; needed with `OIDC_ISSUER`"),
  OIDC_CLIENT_SECRET: z.string().optional().describe("The secret shared with the provider; absent: a public client"),
  OIDC_NAME: z.string().max(40).default("OpenID").describe("What people call the provider, on the button"),
  DATA_DIR: z.string().default("./data").describe("Folder of all that the server keeps in files"),
  WORKERS: integer(1, 64).default(1).describe("Processes that share the port; more than one needs `REDIS_URL`"),
  TIMEZONE: z
    .string()
    .regex(OFFSET, "must be an offset from -12:59 to +13:00, such as +08:00")
    .default("+08:00")
    .describe("Offset in which database columns show local time"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("Least severe level that is logged"),
  RATE_LIMIT: z.enum(["on", "off"]).default("on").describe("`off` for tests and benchmarks only"),
  DIRECT_MESSAGES: z
    .enum(["anyone", "contacts"])
    .default("anyone")
    .describe("From whom people take direct messages: `anyone` whom they do not block, or their `contacts` only"),
  FANOUT_MAX_MEMBERS: integer(2, 100_000)
    .default(500)
    .describe("Groups above this size are read from the conversation, not from each member's timeline"),
  RECALL_SECONDS: integer(0, 1_000_000_000)
    .default(120)
    .describe("For how long a sender may recall a message, in seconds; admins of a group may at any time"),
  FILE_MAX_MB: integer(1, 1_000_000).default(2_048).describe("Largest file that people may send, in MiB"),
  IMAGE_MAX_MB: integer(1, 1_000_000).optional().describe("Largest image, in MiB; absent: as any file"),
  AUDIO_MAX_MB: integer(1, 1_000_000)
    .optional()
    .describe("Largest sound or voice message, in MiB; absent: as any file"),
  VIDEO_MAX_MB: integer(1, 1_000_000).optional().describe("Largest film, in MiB; absent: as any file"),
  FILES_PER_USER_MB: integer(1, 1_000_000_000)
    .default(20_480)
    .describe("All files that one person has uploaded and that are kept, with those under way, in MiB"),
  S3_BUCKET: z
    .string()
    .optional()
    .describe("Bucket of a storage that speaks S3, for files and portraits; absent: a folder in `DATA_DIR`"),
  S3_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/.+$/, "must be an http:// or https:// address")
    .optional()
    .describe("Address of that storage; absent: Amazon's"),
  S3_REGION: z.string().default("us-east-1").describe("Its region"),
  S3_ACCESS_KEY_ID: z.string().optional().describe("Who this server is there; needed with `S3_BUCKET`"),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe("And what proves it; needed with `S3_BUCKET`"),
  PUSH_CONTACT: z
    .string()
    .regex(/^(mailto:.+@.+|https:\/\/.+)$/, "must be a mailto: or https: address")
    .default("mailto:admin@example.com")
    .describe("Whom push services may write to about this server; Apple's refuses one that does not exist"),
  PUSH_HOSTS: z
    .string()
    .default("fcm.googleapis.com,.push.services.mozilla.com,.notify.windows.com,web.push.apple.com")
    .describe("Push services that devices may name, by host; one that begins with a dot stands for all below it"),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/.+$/, "must be smtp://[user:password@]host:port or smtps://…")
    .optional()
    .describe("Mail server for mails to those who are away, `smtps://user:password@host:465`; absent: no mails"),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, "must be an address, or a name with one in < >")
    .optional()
    .describe("Whom they come from, `Our Chat <chat@example.com>`; needed with `SMTP_URL`"),
  PUBLIC_URL: z
    .string()
    .regex(/^https?:\/\/[^/\s]+\/?$/, "must be an http:// or https:// address without a path")
    .optional()
    .describe("Where people find the app, `https://chat.example.com`: links in mails; needed with `SMTP_URL`"),
  SEARCH_INDEXER: z
    .enum(["on", "off"])
    .default("on")
    .describe("`off` leaves the index of words to the other processes; with none that keeps it, searches become slow"),
  SEARCH_URL: z
    .string()
    .regex(/^https?:\/\/.+$/, "must be http(s)://[user:password@]host[:port]")
    .optional()
    .describe("An OpenSearch that keeps the index, `https://user:password@host:9200`; absent: the database does"),
  SEARCH_INDEX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, "must be of small letters, digits, - and _")
    .default("im-webapp-messages")
    .describe("What the index is called there; the server makes it, and removes it when it begins anew"),
  SYNC_KEEP_DAYS: integer(1, 36_500).default(30).describe("Days for which a timeline entry is kept at least"),
  SYNC_KEEP_ENTRIES: integer(1, 10_000_000)
    .default(10_000)
    .describe("Newest entries of each timeline that are kept at least"),
});

/** The validated configuration of one process. */
export interface Settings {
  port: number;
  host: string | undefined;
  databaseUrl: string;
  redisUrl: string | undefined;
  serverKey: string | undefined;
  /** 32 bytes */
  encryptionKey: Buffer | undefined;
  /** Another program's sign-in (OpenID Connect). */
  oidc: { issuer: string; clientId: string; clientSecret: string | undefined; name: string } | undefined;
  /** absolute */
  dataDir: string;
  workers: number;
  timezone: string;
  logLevel: z.infer<typeof environmentSchema>["LOG_LEVEL"];
  rateLimit: boolean;
  directMessages: z.infer<typeof environmentSchema>["DIRECT_MESSAGES"];
  fanoutMaxMembers: number;
  recallSeconds: number;
  /** Where files are kept; undefined: in a folder. */
  s3:
    | { bucket: string; endpoint: string | undefined; region: string; accessKeyId: string; secretAccessKey: string }
    | undefined;
  /** How mails are sent, and where their links lead (without a slash at the end); undefined: there are none. */
  mail: { smtpUrl: string; from: string; publicUrl: string } | undefined;
  pushContact: string;
  pushHosts: string[];
  /** bytes */
  maxFileBytes: number;
  /** Of each kind, in bytes. */
  maxKindBytes: Readonly<Record<FileKind, number>>;
  /** bytes */
  maxUserFileBytes: number;
  /** Whether this process does its part of keeping the index of words. */
  searchIndexer: boolean;
  /** Where the index is kept; undefined: in the database. */
  searchEngine: { url: string; index: string } | undefined;
  syncKeepDays: number;
  syncKeepEntries: number;
}

/** Configuration that cannot be used. The message names each variable and what is wrong with it. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/**
 * Reads the operating contract from environment variables. An empty variable counts as absent.
 *
 * @throws {SettingsError} naming every variable that is wrong
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
  }
  const values = parsed.data;
  if (values.WORKERS > 1 && values.REDIS_URL === undefined) {
    throw new SettingsError(
      "REDIS_URL: needed when WORKERS is more than 1, because processes push to each other by it",
    );
  }
  if ((values.OIDC_ISSUER === undefined) !== (values.OIDC_CLIENT_ID === undefined)) {
    throw new SettingsError("OIDC_ISSUER: needed together with OIDC_CLIENT_ID, and the other way round");
  }
  const s3 = s3Of(values);
  if (s3 === undefined && values.S3_BUCKET !== undefined) {
    throw new SettingsError("S3_BUCKET: needed together with S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY");
  }
  const mail = mailOf(values);
  if (mail === undefined && values.SMTP_URL !== undefined) {
    throw new SettingsError("SMTP_URL: needed together with MAIL_FROM and PUBLIC_URL");
  }
  const dataDir = path.resolve(values.DATA_DIR);
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL ?? `sqlite:${path.join(dataDir, "im.sqlite")}`,
    redisUrl: values.REDIS_URL,
    serverKey: values.SERVER_KEY,
    encryptionKey: values.ENCRYPTION_KEY === undefined ? undefined : keyOf(values.ENCRYPTION_KEY),
    oidc: oidcOf(values),
    dataDir,
    workers: values.WORKERS,
    timezone: values.TIMEZONE,
    logLevel: values.LOG_LEVEL,
    rateLimit: values.RATE_LIMIT === "on",
    directMessages: values.DIRECT_MESSAGES,
    fanoutMaxMembers: values.FANOUT_MAX_MEMBERS,
    recallSeconds: values.RECALL_SECONDS,
    s3,
    mail,
    pushContact: values.PUSH_CONTACT,
    pushHosts: values.PUSH_HOSTS.split(",").map((host) => host.trim()),
    maxFileBytes: values.FILE_MAX_MB * MIB,
    maxKindBytes: {
      image: (values.IMAGE_MAX_MB ?? values.FILE_MAX_MB) * MIB,
      audio: (values.AUDIO_MAX_MB ?? values.FILE_MAX_MB) * MIB,
      video: (values.VIDEO_MAX_MB ?? values.FILE_MAX_MB) * MIB,
      other: values.FILE_MAX_MB * MIB,
    },
    maxUserFileBytes: values.FILES_PER_USER_MB * MIB,
    searchIndexer: values.SEARCH_INDEXER === "on",
    searchEngine: values.SEARCH_URL === undefined ? undefined : { url: values.SEARCH_URL, index: values.SEARCH_INDEX },
    syncKeepDays: values.SYNC_KEEP_DAYS,
    syncKeepEntries: values.SYNC_KEEP_ENTRIES,
  };
}

function keyOf(text: string): Buffer {
  return Buffer.from(text, text.length === 64 ? "hex" : "base64");
}

function oidcOf(values: z.infer<typeof environmentSchema>): Settings["oidc"] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = values;
  return issuer === undefined || clientId === undefined ? undefined : { issuer, clientId, clientSecret, name };
}

function mailOf(values: z.infer<typeof environmentSchema>): Settings["mail"] {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, PUBLIC_URL: publicUrl } = values;
  if (smtpUrl === undefined || from === undefined || publicUrl === undefined) return undefined;
  return { smtpUrl, from, publicUrl: publicUrl.replace(/\/$/, "") };
}

function s3Of(values: z.infer<typeof environmentSchema>): Settings["s3"] {
  const {
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    S3_REGION: region,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = values;
  if (bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { bucket, endpoint, region, accessKeyId, secretAccessKey };
}
