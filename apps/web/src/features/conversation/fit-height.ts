/** Makes a text area as high as its text; its own `max-height` is the bound. */
export function fitHeight(element: HTMLTextAreaElement): void {
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight}px`;
  // A scrollbar beside a text that fits would only take its room.
  element.style.overflowY = element.scrollHeight > element.clientHeight ? "auto" : "hidden";
}
