/**
 * A Socket.IO server that only passes on: no storage, no session, no check. What it reaches is the ceiling for any
 * server on Node and Socket.IO. It speaks as much of packages/protocol as the generator needs: a client's token is its
 * name, `message:send` is acknowledged, and recipients get a `sync:push` of one entry.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";

interface Send {
  clientMessageId: string;
  to: { userId: string } | { conversationId: string };
  content: unknown;
}

const http = createServer();
const io = new Server(http, { serveClient: false });

io.on("connection", (socket) => {
  const token: unknown = socket.handshake.auth["token"];
  const [userId = "", group] = String(token).split("@");
  const rooms = group === undefined ? [userId] : [userId, group];
  // The in-memory adapter joins at once; a promise is another adapter's.
  Promise.resolve(socket.join(rooms)).catch(() => socket.disconnect());
  socket.on("message:send", (request: Send, acknowledge: (answer: unknown) => void) => {
    const { clientMessageId, to, content } = request;
    const message = { clientMessageId, senderId: userId, sentAt: Date.now(), content };
    acknowledge({ ok: true, data: { sentAt: message.sentAt } });
    io.to("userId" in to ? to.userId : to.conversationId).emit("sync:push", {
      entries: [{ type: "message", message }],
    });
  });
  socket.emit("session:ready", { userId });
});

http.listen(0, "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  process.stdout.write(`port ${port}\n`);
});
process.once("SIGTERM", () => process.exit(0));
