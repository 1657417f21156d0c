import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../scripts/root.ts";
import { Child } from "../support/child.ts";
import { PASSWORD, Person, sendText } from "../support/people.ts";
import { type Server, startServer } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

let server: Server;

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server.stop();
});

it("the bot answers, also what it was sent while it was away", async () => {
  const start = () =>
    Child.start(process.execPath, ["--import", "tsx", join("examples", "bot.ts"), server.url, "echo", PASSWORD], {
      name: "the bot",
      cwd: root,
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
    });
  const first = await start();
  await waitFor(() => first.logs().includes("echo listens"), { what: "the bot" });
  const ann = await Person.register(server.url, "Ann");
  const socket = await ann.connect();
  const { users } = await ann.rest<{ users: { userId: string; username: string }[] }>(
    "GET",
    "/api/v1/users?query=echo",
  );
  const to = { userId: users.find(({ username }) => username === "echo")?.userId ?? "" };
  const heard = () =>
    socket.pushed.flatMap((entry) =>
      entry.type === "message" && entry.message.senderId !== ann.userId && entry.message.content.kind === "text"
        ? [entry.message.content.text]
        : [],
    );
  await sendText(socket, to, "hello");
  await waitFor(() => heard().length === 1, { what: "the answer" });
  await first.kill();
  await sendText(socket, to, "are you there?");
  const second = await start();
  await waitFor(() => heard().length === 2, { what: "the answer of the next day" });
  expect(heard()).toEqual(["You said: hello", "You said: are you there?"]);
  await second.kill();
  socket.close();
});
