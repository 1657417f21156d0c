import type { ConversationId, SearchKind, UserId } from "@im-webapp/protocol";
import { useCallback, useMemo } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";

/** Kinds that can be asked for by themselves. */
export const KINDS = ["any", "text", "file", "image"] as const;
type Kind = (typeof KINDS)[number];

/** How far back, in days. */
export const PERIODS = { any: undefined, week: 7, month: 30, year: 365 } as const;
export type Period = keyof typeof PERIODS;

/** What somebody is looking for, as the address has it: going back finds it as it was. */
export interface Search {
  readonly query: string;
  /** The conversation to look in; undefined for all. */
  readonly within: ConversationId | undefined;
  readonly kind: SearchKind | undefined;
  readonly senderId: UserId | undefined;
  readonly period: Period;
}

const NAMES = { query: "find", within: "in", kind: "kind", senderId: "by", period: "since" } as const;

const isKind = (text: string | null): text is Exclude<Kind, "any"> =>
  text !== "any" && KINDS.some((kind) => kind === text);
const isPeriod = (text: string | null): text is Period => text !== null && text in PERIODS;

/** The search of the address; undefined where nothing is looked for. */
export function useSearch(): Search | undefined {
  const [params] = useSearchParams();
  return useMemo(() => {
    const query = params.get(NAMES.query);
    if (query === null) return undefined;
    const [kind, period] = [params.get(NAMES.kind), params.get(NAMES.period)];
    return {
      query,
      within: params.get(NAMES.within) ?? undefined,
      kind: isKind(kind) ? kind : undefined,
      senderId: params.get(NAMES.senderId) ?? undefined,
      period: isPeriod(period) ? period : "any",
    };
  }, [params]);
}

/** The search as the end of an address; empty for none. */
export function searchPart(search: Search | undefined): string {
  if (search === undefined) return "";
  const params = new URLSearchParams();
  for (const key of Object.keys(NAMES) as (keyof typeof NAMES)[]) {
    const value = search[key];
    if (value !== undefined && (value !== "any" || key === "query")) params.set(NAMES[key], value);
  }
  return `?${params}`;
}

export const NEW_SEARCH: Search = { query: "", within: undefined, kind: undefined, senderId: undefined, period: "any" };

/** Says what to look for, in the place where one is; nothing ends the search. */
export function useSetSearch(): (search: Search | undefined) => void {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return useCallback(
    (search) => void navigate(`${pathname}${searchPart(search)}`, { replace: true }),
    [navigate, pathname],
  );
}
