import type { zhCN } from "./zh-CN/index.ts";

/** The same keys with any text. */
type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** What every language must provide: a missing or surplus key fails the type check. */
export type Messages = Texts<typeof zhCN>;
