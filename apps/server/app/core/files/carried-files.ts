/** Content of any kind, as far as files go. */
export interface Nested {
  readonly kind: string;
  readonly fileId?: string;
  readonly thumbnail?: string;
  readonly items?: readonly { readonly content: Nested }[];
}

/** The files that what a message says needs: its own, and those of what it hands on; each once. */
export function filesOf(content: Nested): string[] {
  return [...new Set(collect(content))];
}

function collect({ kind, fileId, thumbnail, items }: Nested): string[] {
  if (kind === "forward") return (items ?? []).flatMap((item) => collect(item.content));
  if (kind === "custom") return [];
  return [fileId ?? [], thumbnail ?? []].flat();
}
