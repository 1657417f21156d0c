import type { ImClient } from "@im-webapp/client";

/** What the screen needs of the client library: its public methods, without the class behind them. */
export type Client = Pick<ImClient, keyof ImClient>;
