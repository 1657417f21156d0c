import { UPLOADS_PATH } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { wireErrorOf } from "../support/rest.ts";
import { type Caller, bearer, outcomeOf, uploadFile } from "./file-calls.ts";
import { useServer } from "./one-server.ts";

const KIB = 1024;

const at = useServer({ env: { FILE_MAX_MB: "1", FILES_PER_USER_MB: "2" } });

const tus = (caller: Caller, method: string, path: string, headers: Record<string, string> = {}) =>
  fetch(caller.url + path, { method, headers: { ...bearer(caller), "tus-resumable": "1.0.0", ...headers } });

const begin = (caller: Caller, kib: number) =>
  tus(caller, "POST", UPLOADS_PATH, { "upload-length": String(kib * KIB), "upload-metadata": "filename YQ==" });

describe("the room that a person has for files", () => {
  it("counts what is under way, over a restart too, until it is given up", async () => {
    const ann = await at.person("Ann");
    await uploadFile(ann, new Uint8Array(500 * KIB));
    const first = await begin(ann, 1_000);
    expect(first.status).toBe(201);
    expect((await begin(ann, 500)).status).toBe(201);
    await at.restart();
    const again = { url: at.url, token: ann.token };
    const refused = await begin(again, 100);
    expect(refused.status).toBe(413);
    expect(wireErrorOf(await refused.json())).toMatchObject({ code: "TOO_LARGE", details: { reason: "account" } });
    expect((await tus(again, "DELETE", first.headers.get("location") ?? "")).status).toBe(204);
    expect((await begin(again, 1_000)).status).toBe(201);
    // Of others it takes nothing.
    const bob = await at.person("Bob");
    expect((await begin(bob, 1_000)).status).toBe(201);
  });

  it("is not more for many that begin at once", async () => {
    const cid = await at.person("Cid");
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin(cid, 900)));
    const outcomes = await Promise.all(answers.map(outcomeOf));
    expect(outcomes.filter((outcome) => outcome === "201")).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === "413 TOO_LARGE")).toHaveLength(6);
  });
});
