/**
 * React bindings of the client library.
 *
 * @module @im-webapp/react
 */
export { ClientProvider, useClient } from "./client-context.ts";
export type { Client } from "./client-context.ts";
export { useClientState } from "./use-client-state.ts";
export { useConversation } from "./use-conversation.ts";
export { useMessages } from "./use-messages.ts";
