import {
  CALLS,
  ERROR_CODES,
  EVENTS,
  PROTOCOL_VERSION,
  ROUTES,
  type Route,
  application,
  contact,
  content,
  conversation,
  entry,
  group,
  groupCard,
  invitation,
  member,
  message,
  user,
} from "../src/index.ts";
import { z } from "zod";
import { type JsonSchema, type NamedShapes, shapeKey, typeText } from "./type-text.ts";

/** Shapes that many calls share, written once. */
const SHARED = {
  Content: content,
  Message: message,
  Conversation: conversation,
  Entry: entry,
  User: user,
  Group: group,
  GroupCard: groupCard,
  Invitation: invitation,
  Member: member,
  Contact: contact,
  Application: application,
};

/** Before transforms: the reference shows what travels. */
function jsonSchema(schema: z.ZodType) {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as JsonSchema;
}

function namedShapes(): NamedShapes {
  return new Map(Object.entries(SHARED).map(([name, schema]) => [shapeKey(jsonSchema(schema)), name]));
}

/** The whole reference of the wire, as Markdown, from the schemas that the server enforces. */
export function reference(): string {
  const named = namedShapes();
  const shape = (schema: z.ZodType) => `\`${typeText(jsonSchema(schema), named)}\``;
  const section = (route: Route) => [
    `### \`${route.method} ${route.path}\``,
    "",
    `${route.summary}${authentication(route)}`,
    "",
    ...(route.query ? [`- query ${shape(route.query)}`] : []),
    ...(route.body ? [`- body ${shape(route.body)}`] : []),
    `- answer ${shape(route.response)}`,
    "",
  ];
  return [
    "# Protocol reference",
    "",
    "Generated from the schemas in `packages/protocol` by `npm run docs`; do not edit.",
    `Protocol version ${PROTOCOL_VERSION}. How the pieces work together is told in [guide/wire.md](guide/wire.md).`,
    "",
    "## Shared shapes",
    "",
    ...Object.entries(SHARED).flatMap(([name, schema]) => [`**${name}** ${shape(schema)}`, ""]),
    "## REST",
    "",
    ...ROUTES.filter(({ serverKey }) => !serverKey).flatMap(section),
    "## Server API",
    "",
    "For the program that embeds this one: `Authorization: Bearer <SERVER_KEY>`. Without a configured key there is none.",
    "",
    ...ROUTES.filter(({ serverKey }) => serverKey).flatMap(section),
    "## Socket calls",
    "",
    "Each is acknowledged with `{ ok: true, data }` or `{ ok: false, error }`.",
    "",
    ...Object.entries(CALLS).flatMap(([name, call]) => [
      `### \`${name}\``,
      "",
      `- payload ${shape(call.request)}`,
      `- data ${shape(call.response)}`,
      "",
    ]),
    "## Socket events",
    "",
    ...Object.entries(EVENTS).flatMap(([name, schema]) => [`- \`${name}\` ${shape(schema)}`]),
    "",
    "## Error codes",
    "",
    "| code | status | send again |",
    "| --- | --- | --- |",
    ...Object.entries(ERROR_CODES).map(([code, { status, retry }]) => `| \`${code}\` | ${status} | ${retry} |`),
    "",
  ].join("\n");
}

function authentication({ signedIn, serverKey }: Route): string {
  return signedIn || serverKey ? "" : " Needs no token.";
}
