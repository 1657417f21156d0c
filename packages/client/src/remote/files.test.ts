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
