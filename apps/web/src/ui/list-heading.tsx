/** The name of a part of a list. */
export function ListHeading({ text }: { readonly text: string }) {
  return <h2 className="px-2 pt-3 pb-1 text-xs font-medium text-ink-muted">{text}</h2>;
}
