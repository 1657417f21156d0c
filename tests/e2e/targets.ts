import type { Page } from "@playwright/test";

/** Smallest side, in pixels, of what a finger or a mouse is to hit. */
const SMALLEST = { finger: 44, mouse: 40 } as const;

/** What one presses. A place in a text, as long as a word, is found and pressed as such. */
const ROLES = ["button", "link", "tab", "menuitem", "option", "checkbox", "radio", "switch", "slider"];
const CONTROLS = `a[href], button, input, select, textarea, summary, ${ROLES.map((role) => `[role=${role}]`).join(", ")}`;

/** The visible controls that react to less than that around their middle, each with its size as it is found by pressing. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ([selector, { finger, mouse }]) => {
      const smallest = matchMedia("(pointer: coarse)").matches ? finger : mouse;
      const scroll = (element: Element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflow);

      /** Whether all of it is on the screen, and not scrolled out of it in part. */
      const isWhole = (element: Element): boolean => {
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) return false;
        if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) return false;
        for (let outer = element.parentElement; outer !== null; outer = outer.parentElement) {
          const clip = outer.getBoundingClientRect();
          const isOut =
            box.top < clip.top || box.bottom > clip.bottom || box.left < clip.left || box.right > clip.right;
          if (scroll(outer) && isOut) return false;
        }
        return true;
      };
      /** Whether pressing there presses it, be it by its label. */
      const reacts = (element: Element, x: number, y: number): boolean => {
        const hit = document.elementFromPoint(x, y);
        if (hit === null) return false;
        return hit.closest(selector) === element || hit.closest("label")?.control === element;
      };
      /** How far it reacts from its middle in one direction, in pixels. */
      const reach = (element: Element, x: number, y: number, stepX: number, stepY: number): number => {
        let steps = 0;
        while (steps < smallest && reacts(element, x + (steps + 1) * stepX, y + (steps + 1) * stepY)) steps += 1;
        return steps;
      };

      const found: string[] = [];
      for (const element of document.querySelectorAll(selector)) {
        const isInText = element.closest("[data-bubble]") !== null && getComputedStyle(element).display === "inline";
        const isOff = element.matches(
          ":disabled, [inert] *, [aria-hidden=true] *, input[type=file], input[type=hidden]",
        );
        if (isInText || isOff || !isWhole(element)) continue;
        const box = element.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const [left, right, top, bottom] = [box.left + 1, box.right - 1, box.top + 1, box.bottom - 1];
        // Something stands over it, or over a part of it.
        const edges = [
          [left, y],
          [right, y],
          [x, top],
          [x, bottom],
          [x, y],
        ] as const;
        if (!edges.every(([edgeX, edgeY]) => reacts(element, edgeX, edgeY))) continue;
        const width = reach(element, x, y, -1, 0) + 1 + reach(element, x, y, 1, 0);
        const height = reach(element, x, y, 0, -1) + 1 + reach(element, x, y, 0, 1);
        if (width >= smallest && height >= smallest) continue;
        const name = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
        found.push(`${width}×${height} ${element.tagName.toLowerCase()} "${name.slice(0, 40)}"`);
      }
      return found;
    },
    [CONTROLS, SMALLEST] as const,
  );
}
