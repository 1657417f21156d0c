import path from "node:path";
import { describe, expect, it } from "vitest";
import { SettingsError, environmentSchema, readSettings } from "./environment.ts";

/** What is said about a variable that cannot be used; undefined when it can. */
function problemWith(environment: Record<string, string>): string | undefined {
  try {
    readSettings(environment);
    return undefined;
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

describe("an empty environment", () => {
  it("is one process on SQLite that anybody can reach on port 7001", () => {
    const dataDir = path.resolve("data");
    expect(readSettings({})).toEqual({
      port: 7001,
      host: undefined,
      databaseUrl: `sqlite:${path.join(dataDir, "im.sqlite")}`,
      redisUrl: undefined,
      serverKey: undefined,
      encryptionKey: undefined,
      oidc: undefined,
      dataDir,
      workers: 1,
      timezone: "+08:00",
      logLevel: "info",
      rateLimit: true,
      directMessages: "anyone",
      fanoutMaxMembers: 500,
      recallSeconds: 120,
      searchIndexer: true,
      searchEngine: undefined,
      s3: undefined,
      mail: undefined,
      pushContact: "mailto:admin@example.com",
      pushHosts: ["fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", "web.push.apple.com"],
      maxFileBytes: 2 * 1024 ** 3,
      maxKindBytes: { image: 2 * 1024 ** 3, audio: 2 * 1024 ** 3, video: 2 * 1024 ** 3, other: 2 * 1024 ** 3 },
      maxUserFileBytes: 20 * 1024 ** 3,
      syncKeepDays: 30,
      syncKeepEntries: 10_000,
    });
  });

  it("is one whose variables are empty, and variables of others do not matter", () => {
    const empty = Object.fromEntries(Object.keys(environmentSchema.shape).map((name) => [name, ""]));
    expect(readSettings({ ...empty, PATH: "/usr/bin", NODE_ENV: "production" })).toEqual(readSettings({}));
  });
});

/** Of each variable what is taken and what is not. */
const CASES: Record<string, { good: string[]; bad: string[] }> = {
  PORT: { good: ["0", "80", "65535"], bad: ["-1", "65536", "80.5", "http", "0x1z"] },
  HOST: { good: ["127.0.0.1", "::1", "localhost"], bad: [] },
  DATABASE_URL: {
    good: ["sqlite:./im.sqlite", "sqlite:/var/lib/im", "mysql://im:p%40ss@db:3306/im"],
    bad: ["postgres://db/im", "mysql:", "sqlite:", "im.sqlite"],
  },
  REDIS_URL: {
    good: ["redis://127.0.0.1:6379", "redis://:p%40ss@cache:6379/2", "rediss://cache"],
    bad: ["127.0.0.1:6379", "http://cache", "redis://"],
  },
  SERVER_KEY: { good: ["k"], bad: [] },
  ENCRYPTION_KEY: {
    good: ["0f".repeat(32), Buffer.alloc(32, 7).toString("base64")],
    bad: ["secret", "0f".repeat(31), Buffer.alloc(31, 7).toString("base64")],
  },
  OIDC_ISSUER: { good: [], bad: ["login.example.com", "http://login.example.com", "https://"] },
  OIDC_CLIENT_ID: { good: [], bad: [] },
  OIDC_CLIENT_SECRET: { good: ["s"], bad: [] },
  OIDC_NAME: { good: ["公司账号"], bad: ["n".repeat(41)] },
  DATA_DIR: { good: ["/var/lib/im", "data"], bad: [] },
  WORKERS: { good: ["1"], bad: ["0", "65", "1.5", "all"] },
  TIMEZONE: {
    good: ["+00:00", "-12:59", "+13:00", "+05:45", "-03:30"],
    bad: ["+8:00", "08:00", "+13:01", "-13:00", "+08:60", "Asia/Shanghai", "Z"],
  },
  LOG_LEVEL: { good: ["fatal", "error", "warn", "info", "debug", "trace", "silent"], bad: ["INFO", "verbose"] },
  RATE_LIMIT: { good: ["on", "off"], bad: ["true", "ON", "0"] },
  DIRECT_MESSAGES: { good: ["anyone", "contacts"], bad: ["everyone", "Contacts", "on"] },
  FANOUT_MAX_MEMBERS: { good: ["2", "500", "100000"], bad: ["1", "100001", "many"] },
  RECALL_SECONDS: { good: ["0", "120", "1000000000"], bad: ["-1", "1.5", "2m"] },
  FILE_MAX_MB: { good: ["1", "1000000"], bad: ["0", "1.5", "2GB"] },
  IMAGE_MAX_MB: { good: ["1", "1000000"], bad: ["0", "0.5", "small"] },
  AUDIO_MAX_MB: { good: ["1", "1000000"], bad: ["0", "0.5", "short"] },
  VIDEO_MAX_MB: { good: ["1", "1000000"], bad: ["0", "0.5", "none"] },
  FILES_PER_USER_MB: { good: ["1", "1000000000"], bad: ["0", "-1", "all"] },
  S3_BUCKET: { good: [], bad: ["alone"] },
  S3_ENDPOINT: { good: ["http://127.0.0.1:9000", "https://s3.example.com"], bad: ["s3.example.com"] },
  S3_REGION: { good: ["cn-north-1"], bad: [] },
  S3_ACCESS_KEY_ID: { good: ["id"], bad: [] },
  S3_SECRET_ACCESS_KEY: { good: ["secret"], bad: [] },
  PUSH_CONTACT: { good: ["mailto:a@b.example", "https://example.com"], bad: ["a@b.example", "http://example.com"] },
  PUSH_HOSTS: { good: ["push.example.com,.example.org"], bad: [] },
  SMTP_URL: { good: [], bad: ["mail.example.com", "http://mail.example.com", "smtp://alone"] },
  MAIL_FROM: { good: ["im@example.com", "Our Chat <im@example.com>"], bad: ["nobody", "a@b\r\nBcc: c@d", "<@b>"] },
  PUBLIC_URL: { good: ["https://im.example.com", "http://localhost:7001/"], bad: ["im.example.com", "https://a/b"] },
  SEARCH_INDEXER: { good: ["on", "off"], bad: ["yes", "false"] },
  SEARCH_URL: { good: ["http://localhost:9200", "https://a:b@search.example/path"], bad: ["search", "ftp://a"] },
  SEARCH_INDEX: { good: ["a", "im-webapp-messages", "chat_2"], bad: ["Chat", "-a", "a b", "a".repeat(101)] },
  SYNC_KEEP_DAYS: { good: ["1", "36500"], bad: ["0", "-30", "0.5", "36501"] },
  SYNC_KEEP_ENTRIES: { good: ["1", "10000000"], bad: ["0", "1e9", "ten"] },
};

describe("a variable", () => {
  it("is tested here, whichever it is", () => {
    expect(Object.keys(CASES)).toEqual(Object.keys(environmentSchema.shape));
  });

  it.each(Object.entries(CASES))("%s is taken when it makes sense, and named when not", (name, { good, bad }) => {
    for (const value of good) expect([value, problemWith({ [name]: value })]).toEqual([value, undefined]);
    for (const value of bad)
      expect([value, problemWith({ [name]: value })]).toEqual([value, expect.stringContaining(`${name}: `)]);
  });

  it("has its effect", () => {
    const settings = readSettings({
      PORT: "0",
      HOST: "::1",
      DATABASE_URL: "mysql://im@db/im",
      REDIS_URL: "redis://cache",
      SERVER_KEY: "key",
      ENCRYPTION_KEY: "0f".repeat(32),
      OIDC_ISSUER: "https://login.example.com/realms/us",
      OIDC_CLIENT_ID: "im",
      OIDC_CLIENT_SECRET: "secret",
      OIDC_NAME: "Company",
      DATA_DIR: "elsewhere",
      WORKERS: "4",
      TIMEZONE: "-03:30",
      LOG_LEVEL: "warn",
      RATE_LIMIT: "off",
      DIRECT_MESSAGES: "contacts",
      FANOUT_MAX_MEMBERS: "10",
      RECALL_SECONDS: "60",
      SEARCH_INDEXER: "off",
      SEARCH_URL: "https://im:s3cret@search.example:9200",
      SEARCH_INDEX: "chat",
      FILE_MAX_MB: "3",
      IMAGE_MAX_MB: "1",
      AUDIO_MAX_MB: "2",
      FILES_PER_USER_MB: "5",
      PUSH_CONTACT: "mailto:us@example.com",
      PUSH_HOSTS: "push.example.com, .example.org",
      SMTP_URL: "smtps://im:secret@mail.example.com:465",
      MAIL_FROM: "Our Chat <im@example.com>",
      PUBLIC_URL: "https://im.example.com/",
      S3_BUCKET: "im",
      S3_ENDPOINT: "http://storage:9000",
      S3_REGION: "eu-central-1",
      S3_ACCESS_KEY_ID: "id",
      S3_SECRET_ACCESS_KEY: "secret",
      SYNC_KEEP_DAYS: "7",
      SYNC_KEEP_ENTRIES: "100",
    });
    expect(settings).toEqual({
      port: 0,
      host: "::1",
      databaseUrl: "mysql://im@db/im",
      redisUrl: "redis://cache",
      serverKey: "key",
      encryptionKey: Buffer.alloc(32, 15),
      oidc: {
        issuer: "https://login.example.com/realms/us",
        clientId: "im",
        clientSecret: "secret",
        name: "Company",
      },
      dataDir: path.resolve("elsewhere"),
      workers: 4,
      timezone: "-03:30",
      logLevel: "warn",
      rateLimit: false,
      directMessages: "contacts",
      fanoutMaxMembers: 10,
      recallSeconds: 60,
      searchIndexer: false,
      searchEngine: { url: "https://im:s3cret@search.example:9200", index: "chat" },
      pushContact: "mailto:us@example.com",
      pushHosts: ["push.example.com", ".example.org"],
      mail: {
        smtpUrl: "smtps://im:secret@mail.example.com:465",
        from: "Our Chat <im@example.com>",
        publicUrl: "https://im.example.com",
      },
      s3: {
        bucket: "im",
        endpoint: "http://storage:9000",
        region: "eu-central-1",
        accessKeyId: "id",
        secretAccessKey: "secret",
      },
      maxFileBytes: 3 * 1024 ** 2,
      maxKindBytes: { image: 1_048_576, audio: 2_097_152, video: 3_145_728, other: 3_145_728 },
      maxUserFileBytes: 5 * 1024 ** 2,
      syncKeepDays: 7,
      syncKeepEntries: 100,
    });
  });

  it("that is wrong is named together with every other one", () => {
    const problem = problemWith({ PORT: "x", TIMEZONE: "x", LOG_LEVEL: "x" });
    for (const name of ["PORT", "TIMEZONE", "LOG_LEVEL"]) expect(problem).toContain(`${name}: `);
  });
});

describe("the sign-in of another program", () => {
  it("needs both its address and a name for this server", () => {
    for (const issuer of ["https://login.example.com", "http://127.0.0.1:9000", "http://localhost/oidc"]) {
      expect(problemWith({ OIDC_ISSUER: issuer })).toMatch(/^OIDC_ISSUER: needed together/);
      expect(problemWith({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "im" })).toBeUndefined();
    }
    expect(problemWith({ OIDC_CLIENT_ID: "im" })).toMatch(/^OIDC_ISSUER: needed together/);
  });
});

describe("several workers", () => {
  it("need a bus", () => {
    expect(problemWith({ WORKERS: "2" })).toMatch(/^REDIS_URL: needed when WORKERS is more than 1/);
    expect(problemWith({ WORKERS: "2", REDIS_URL: "redis://cache" })).toBeUndefined();
  });
});
