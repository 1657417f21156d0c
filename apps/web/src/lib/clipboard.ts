/**
 * Puts a text on the clipboard. Browsers give `navigator.clipboard` to pages from https and from this machine only; one
 * that a team serves by plain http takes the older way, which needs the click that led here.
 */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  const held = document.activeElement;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (held instanceof HTMLElement) held.focus({ preventScroll: true });
  if (!isCopied) throw new Error("the browser refused to copy");
}
