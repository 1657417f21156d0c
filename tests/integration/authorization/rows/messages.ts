import { randomUUID } from "node:crypto";
import type { Scene } from "../scene.ts";
import { type Row, admins, everybody, members, owners, readers, speakers } from "../table.ts";

const text = { kind: "text", text: "words" } as const;

const place = ({ conversationId, seq }: Scene) => ({ conversationId, seq });

/** Messages, reading them, and what goes on around them. */
export const messageRows: readonly Row[] = [
  {
    call: "message:send",
    when: "to the group",
    expected: speakers,
    request: ({ groupId }) => ({ clientMessageId: randomUUID(), to: { groupId }, content: text }),
  },
  {
    call: "message:send",
    when: "to the group's conversation",
    expected: speakers,
    request: ({ conversationId }) => ({ clientMessageId: randomUUID(), to: { conversationId }, content: text }),
  },
  {
    call: "message:send",
    when: "to a person",
    expected: { ...everybody, blocked: "BLOCKED" },
    request: ({ stranger }) => ({ clientMessageId: randomUUID(), to: { userId: stranger.userId }, content: text }),
  },
  {
    call: "message:edit",
    when: "another's message",
    expected: { ...owners, owner: "FORBIDDEN" },
    request: (scene) => ({ ...place(scene), content: text }),
  },
  {
    call: "message:recall",
    when: "another's message",
    expected: admins,
    request: place,
  },
  { call: "message:react", expected: members, request: (scene) => ({ ...place(scene), emoji: "👍", on: true }) },
  { call: "message:pin", expected: admins, request: (scene) => ({ ...place(scene), on: true }) },
  { call: "message:star", expected: readers, request: (scene) => ({ ...place(scene), on: true }) },
  { call: "message:delete", expected: readers, request: place },
  {
    call: "message:send",
    when: "to the group, naming everybody",
    expected: speakers,
    request: ({ groupId }) => ({
      clientMessageId: randomUUID(),
      to: { groupId },
      content: text,
      mentions: "all",
    }),
  },
  {
    route: "GET /api/v1/conversations/:conversationId/pins",
    expected: members,
    request: ({ conversationId }) => ({ params: { conversationId } }),
  },
  {
    route: "GET /api/v1/conversations/:conversationId/messages/:seq/edits",
    expected: members,
    request: ({ conversationId, seq }) => ({ params: { conversationId, seq: String(seq) } }),
  },
  { route: "GET /api/v1/search/messages", expected: everybody, request: () => ({ query: "query=something" }) },
  {
    route: "GET /api/v1/search/messages",
    when: "in one conversation",
    expected: readers,
    request: ({ conversationId }) => ({ query: `query=something&conversationId=${conversationId}` }),
  },
  { route: "GET /api/v1/search/files", expected: everybody, request: () => ({ query: "query=something" }) },
  {
    route: "GET /api/v1/search/files",
    when: "in one conversation",
    expected: readers,
    request: ({ conversationId }) => ({ query: `conversationId=${conversationId}` }),
  },
  { route: "GET /api/v1/stars", expected: everybody, request: () => ({}) },
  { call: "sync:pull", expected: everybody, request: () => ({ cursor: 0 }) },
  { call: "sync:bootstrap", expected: everybody, request: () => ({}) },
  { call: "sync:ack", expected: everybody, request: () => ({ cursor: 0 }) },
  { call: "history:pull", expected: readers, request: ({ conversationId }) => ({ conversationId }) },
  { call: "history:find", expected: readers, request: ({ conversationId }) => ({ conversationId, at: 0 }) },
  { call: "conversation:set", expected: readers, request: ({ conversationId }) => ({ conversationId, pinned: true }) },
  {
    call: "draft:set",
    expected: readers,
    request: ({ conversationId }) => ({ conversationId, text: "half a", at: 1 }),
  },
  { call: "history:changes", expected: readers, request: ({ conversationId }) => ({ conversationId, after: 0 }) },
  { call: "read:mark", expected: readers, request: place },
  { call: "receipts:get", expected: members, request: place },
  { call: "typing:set", expected: members, request: ({ conversationId }) => ({ conversationId, typing: true }) },
  { call: "presence:watch", expected: everybody, request: ({ other }) => ({ userIds: [other.userId] }) },
];
