import { afterEach, expect, it, vi } from "vitest";
import type { RestRequest } from "../transport/rest.ts";
import { FileCalls } from "./files.ts";

/** Calls to a server that answers with `answers`, in order, and what was asked of it. */
function calls(...answers: unknown[]) {
  const asked: RestRequest[] = [];
  const send = async <T>(request: RestRequest): Promise<T> => {
    asked.push(request);
    return answers[asked.length - 1] as T;
  };
  const account = () => {
    throw new Error("Nothing here is of the account");
  };
  return { asked, files: new FileCalls({ send, account, origin: "http://im.test" }) };
}

/** The form of a call, read as a server reads it. */
async function fileOf({ body }: RestRequest): Promise<File | null> {
  if (!(body instanceof Blob)) return null;
  const file = (await new Response(body, { headers: { "content-type": body.type } }).formData()).get("file");
  return file instanceof File ? file : null;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it("reads a file in the form that is wanted, and says when it is gone", async () => {
  const link = { url: "/api/v1/files/f?key=k", expiresAt: 1 };
  const { asked, files } = calls(link, link);
  const fetched = vi.fn(async (_url: string) => new Response("a"));
  vi.stubGlobal("fetch", fetched);
  expect(await (await files.read("a/b", "thumbnail")).text()).toBe("a");
  expect(asked).toMatchObject([{ path: "/files/a%2Fb/link" }]);
  expect(fetched.mock.calls[0]?.[0]).toBe("http://im.test/api/v1/files/f?key=k&variant=thumbnail");
  fetched.mockResolvedValue(new Response("", { status: 404 }));
  await expect(files.read("a/b")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("makes an address to show, and one to save", async () => {
  const link = { url: "/api/v1/files/f?key=k", expiresAt: 1 };
  const { files } = calls(link, link);
  expect(await files.link("f")).toEqual(link);
  expect(await files.link("f", { download: true })).toEqual({ ...link, url: `${link.url}&download=1` });
});

it("uploads a film and its picture, and says what carries them", async () => {
  const { asked, files } = calls({ fileId: "film" }, { fileId: "still" });
  const measures = { width: 640, height: 360, durationMs: 2_000 };
  const sent = await files.upload({
    conversationId: "c",
    file: new Blob(["film"]),
    name: "一 a.mp4",
    as: "video",
    ...measures,
    thumbnail: new Blob(["still"]),
    replyTo: 7,
  });
  const [film, still] = await Promise.all(asked.map(fileOf));
  expect([film?.name, await film?.text()]).toEqual(["一 a.mp4", "film"]);
  expect([still?.name, await still?.text()]).toEqual(["thumbnail.jpg", "still"]);
  expect(sent).toEqual({
    conversationId: "c",
    content: { kind: "video", fileId: "film", ...measures, thumbnail: "still" },
    replyTo: 7,
  });
});
